-- People are found by any spelling of any of their names, in any script. What a name is found by is made of it by the
-- acts (nameKeys in src/lib/name-keys.ts), as the database cannot tell how a name in another script sounds.
alter table versions.names add column keys text not null default '';
select versions.show('names');

-- Not written out in the index, as the planner would take it for cheap and, looking for a few, read all names instead.
create function public.name_vector(keys text) returns tsvector
  language plpgsql immutable parallel safe cost 10000 as $$
begin
  return array_to_tsvector(string_to_array(keys, ' '));
end $$;
select versions.index('names', 'names_keys', 'using gin (public.name_vector(keys))');

-- In which languages there is anything: asked before each search, and answered by a step into the index for each.
select versions.index('claims', 'claims_language', '(language)');
select versions.index('statements', 'statements_language', '(language)');
select versions.index('statements', 'statements_original_language', '(original_language)');
select versions.index('sources', 'sources_language', '(language)');
create function public.languages_on_record() returns text[] language plpgsql stable as $$
declare
  found text[] := '{}';
  present text;
  place text[];
begin
  foreach place slice 1 in array array[
    array['claims', 'language'], array['statements', 'language'], array['statements', 'original_language'], array['sources', 'language']]
  loop
    present := '';
    loop
      execute format('select min(%1$I) from public.%2$I where %1$I > $1', place[2], place[1]) into present using present;
      exit when present is null;
      found := found || present;
    end loop;
  end loop;
  return array(select distinct on (public.text_config(language)) language from unnest(found) as language);
end $$;

-- A text with marks around what a query finds in it. Of Ukrainian the folded text is marked, letter for letter.
create function public.text_marked(language text, words text, query tsquery, starts text, ends text) returns text
  language plpgsql immutable parallel safe as $$
begin
  return ts_headline(public.text_config(language), public.text_words(language, translate(words, starts || ends, '')), query,
    format('HighlightAll=true, StartSel=%s, StopSel=%s', starts, ends));
end $$;
