-- Chinese and Japanese are written without spaces, so each of their characters is a word: what is looked for is a phrase of
-- these, and is found wherever it stands. U+001F parts them, as no text means anything by it and no locale takes it for a
-- letter.
create or replace function public.text_words(language text, words text) returns text
  language plpgsql immutable parallel safe as $$
begin
  if octet_length(words) = char_length(words) then
    return words;
  end if;
  if words is not nfc normalized then
    words := normalize(words, NFC);
  end if;
  if words ~ '[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]' then
    words := regexp_replace(words, '([\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])', E'\x1f\\1\x1f', 'g');
  end if;
  if lower(split_part(language, '-', 1)) = 'uk' then
    return translate(words, 'іїєґІЇЄҐ’ʼ''', 'ииегИИЕГ');
  end if;
  return words;
end $$;

create or replace function public.text_marked(language text, words text, query tsquery, starts text, ends text) returns text
  language plpgsql immutable parallel safe as $$
begin
  return translate(
    ts_headline(public.text_config(language), public.text_words(language, translate(words, starts || ends, '')), query,
      format('HighlightAll=true, StartSel=%s, StopSel=%s', starts, ends)), E'\x1f', '');
end $$;

do $$
declare
  words regclass;
begin
  for words in select indexrelid from pg_index where pg_get_indexdef(indexrelid) like '%text_vector(%' loop
    execute format('reindex index %s', words);
  end loop;
end $$;

-- What has no language of its own is looked for as it is written.
create or replace function public.languages_on_record() returns text[] language plpgsql stable as $$
declare
  found text[] := '{und}';
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
