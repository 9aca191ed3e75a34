-- How words are found: in any form, with or without their accents, each text in its own language.
-- What is made here is named with its schema, so that it means the same under every search path. The functions are in
-- PL/pgSQL, as the planner would unfold SQL ones wherever they are used: a plan then took 9 ms to make.

create extension if not exists unaccent schema public;
create extension if not exists pg_trgm schema public;

-- Of each language for which PostgreSQL 15 has a stemmer its configuration, with accents folded before words are stemmed.
do $$
declare
  language text;
begin
  foreach language in array array[
    'arabic', 'armenian', 'basque', 'catalan', 'danish', 'dutch', 'english', 'finnish', 'french', 'german', 'greek',
    'hindi', 'hungarian', 'indonesian', 'irish', 'italian', 'lithuanian', 'nepali', 'norwegian', 'portuguese',
    'romanian', 'russian', 'serbian', 'spanish', 'swedish', 'tamil', 'turkish', 'yiddish']
  loop
    execute format('create text search configuration public.text_%1$s (copy = pg_catalog.%1$I)', language);
    execute format('alter text search configuration public.text_%1$s
      alter mapping for word, hword, hword_part with public.unaccent, pg_catalog.%1$s_stem', language);
  end loop;
end $$;

create text search configuration public.text_simple (copy = pg_catalog.simple);
alter text search configuration public.text_simple
  alter mapping for word, hword, hword_part with public.unaccent, pg_catalog.simple;

-- PostgreSQL has none for Ukrainian. Its endings are near enough to Russian ones once its own letters are written as
-- their neighbours (see text_words): війна, війни and війною become one word, as президент and президента do.
create text search dictionary public.ukrainian_stem (template = pg_catalog.snowball, language = russian);
create text search configuration public.text_ukrainian (copy = pg_catalog.simple);
alter text search configuration public.text_ukrainian
  alter mapping for word, hword, hword_part with public.unaccent, public.ukrainian_stem;

-- The configuration for a language by its BCP 47 tag; where there is no stemmer for it, one that keeps words as they are.
create function public.text_config(language text) returns regconfig
  language plpgsql immutable parallel safe as $$
begin
  return case lower(split_part(language, '-', 1))
    when 'en' then 'public.text_english'::regconfig
    when 'de' then 'public.text_german'::regconfig
    when 'fr' then 'public.text_french'::regconfig
    when 'es' then 'public.text_spanish'::regconfig
    when 'pt' then 'public.text_portuguese'::regconfig
    when 'uk' then 'public.text_ukrainian'::regconfig
    when 'ru' then 'public.text_russian'::regconfig
    when 'ar' then 'public.text_arabic'::regconfig
    when 'ca' then 'public.text_catalan'::regconfig
    when 'da' then 'public.text_danish'::regconfig
    when 'el' then 'public.text_greek'::regconfig
    when 'eu' then 'public.text_basque'::regconfig
    when 'fi' then 'public.text_finnish'::regconfig
    when 'ga' then 'public.text_irish'::regconfig
    when 'hi' then 'public.text_hindi'::regconfig
    when 'hu' then 'public.text_hungarian'::regconfig
    when 'hy' then 'public.text_armenian'::regconfig
    when 'id' then 'public.text_indonesian'::regconfig
    when 'it' then 'public.text_italian'::regconfig
    when 'lt' then 'public.text_lithuanian'::regconfig
    when 'nb' then 'public.text_norwegian'::regconfig
    when 'ne' then 'public.text_nepali'::regconfig
    when 'nl' then 'public.text_dutch'::regconfig
    when 'nn' then 'public.text_norwegian'::regconfig
    when 'no' then 'public.text_norwegian'::regconfig
    when 'ro' then 'public.text_romanian'::regconfig
    when 'sr' then 'public.text_serbian'::regconfig
    when 'sv' then 'public.text_swedish'::regconfig
    when 'ta' then 'public.text_tamil'::regconfig
    when 'tr' then 'public.text_turkish'::regconfig
    when 'yi' then 'public.text_yiddish'::regconfig
    else 'public.text_simple'::regconfig
  end;
end $$;

-- The same with accents kept, which some stemmers need: only so are déclarée and déclarer, or declaración and
-- declaraciones, one word.
create function public.accented_config(language text) returns regconfig
  language plpgsql immutable parallel safe as $$
begin
  return case lower(split_part(language, '-', 1))
    when 'de' then 'pg_catalog.german'::regconfig
    when 'fr' then 'pg_catalog.french'::regconfig
    when 'es' then 'pg_catalog.spanish'::regconfig
    when 'pt' then 'pg_catalog.portuguese'::regconfig
    when 'ca' then 'pg_catalog.catalan'::regconfig
    when 'it' then 'pg_catalog.italian'::regconfig
    when 'ro' then 'pg_catalog.romanian'::regconfig
    when 'hu' then 'pg_catalog.hungarian'::regconfig
    when 'tr' then 'pg_catalog.turkish'::regconfig
    else public.text_config(language)
  end;
end $$;

-- Words as they are given to the parser: composed, and of Ukrainian with its own letters folded.
create function public.text_words(language text, words text) returns text
  language plpgsql immutable parallel safe as $$
begin
  if octet_length(words) = char_length(words) then
    return words;
  end if;
  if words is not nfc normalized then
    words := normalize(words, NFC);
  end if;
  if lower(split_part(language, '-', 1)) = 'uk' then
    return translate(words, 'іїєґІЇЄҐ’ʼ''', 'ииегИИЕГ');
  end if;
  return words;
end $$;

-- The words of a text, to be found by text_query. Use it in expression indexes: text_vector(language, text).
create function public.text_vector(language text, words text) returns tsvector
  language plpgsql immutable parallel safe cost 1000 as $$
declare
  config regconfig := public.text_config(language);
  accented regconfig;
begin
  if octet_length(words) = char_length(words) then
    return to_tsvector(config, words);
  end if;
  accented := public.accented_config(language);
  words := public.text_words(language, words);
  if config = accented then
    return to_tsvector(config, words);
  end if;
  return to_tsvector(config, words) || to_tsvector(accented, words);
end $$;

-- The same of what somebody looks for, read as by websearch_to_tsquery, which never errs.
create function public.text_query(language text, words text) returns tsquery
  language plpgsql immutable parallel safe set client_min_messages = warning as $$
declare
  config regconfig := public.text_config(language);
  accented regconfig := public.accented_config(language);
begin
  words := public.text_words(language, words);
  if config = accented or octet_length(words) = char_length(words) then
    return websearch_to_tsquery(config, words);
  end if;
  return websearch_to_tsquery(config, words) || websearch_to_tsquery(accented, words);
end $$;

-- What to look for, tried in several languages: found is what has, for some i, all of wanted[i] as one of the languages
-- understands it, and none of unwanted[i] as any of them does. Each is read as by websearch_to_tsquery, which never errs.
create function public.text_query(languages text[], wanted text[], unwanted text[]) returns tsquery
  language plpgsql immutable parallel safe set client_min_messages = warning as $$
declare
  found tsquery := '';
  one tsquery;
  none tsquery;
  language text;
begin
  for i in 1 .. cardinality(wanted) loop
    one := '';
    none := '';
    foreach language in array languages loop
      one := one || public.text_query(language, wanted[i]);
      none := none || public.text_query(language, unwanted[i]);
    end loop;
    if numnode(none) > 0 then
      one := one && !! none;
    end if;
    found := found || one;
  end loop;
  return found;
end $$;

select versions.index('claims', 'claims_words', 'using gin (public.text_vector(language, text))');
select versions.index('statements', 'statements_words', 'using gin (public.text_vector(language, quote)) where quote is not null');
select versions.index('statements', 'statements_original_words', 'using gin (public.text_vector(original_language, original)) where original is not null');
select versions.index('sources', 'sources_words', 'using gin (public.text_vector(coalesce(language, ''und''), title)) where title is not null');
