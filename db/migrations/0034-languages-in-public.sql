-- The public searches in the languages of what is public: a draft in another would change what words are taken to mean.
drop index claims_language, history.claims_language, statements_language, history.statements_language,
  statements_original_language, history.statements_original_language;
create index claims_language on claims (language) where state = 'published';
create index statements_language on statements (language) where state = 'published';
create index statements_original_language on statements (original_language) where state = 'published';

create or replace function public.languages_on_record() returns text[] language plpgsql stable as $$
declare
  found text[] := '{und}';
  present text;
  place text[];
  -- As isPublicSource() in src/domain/visibility.ts.
  cited constant text := $rule$(
    exists (select from public.citations c join public.statements y on y.id = c.statement_id where c.source_id = s.id and y.state = 'published')
    or exists (select from public.citations c join public.claims y on y.id = c.claim_id where c.source_id = s.id and y.state = 'published')
    or exists (select from public.citations c join public.verdicts y on y.id = c.verdict_id join public.claims x on x.id = y.claim_id
                where c.source_id = s.id and y.state = 'published' and x.state = 'published')
    or exists (select from public.citations c join public.attributions y on y.id = c.attribution_id join public.statements x on x.id = y.statement_id
                where c.source_id = s.id and y.state = 'published' and x.state = 'published')
    or exists (select from public.derivations d join public.statements y on y.id = d.statement_id
                where d.source_id = s.id and y.state = 'published')
    or exists (select from public.derivations d join public.statements y on y.id = d.statement_id
                where d.from_source_id = s.id and y.state = 'published'))$rule$;
begin
  foreach place slice 1 in array array[
    array['claims', 'language', 's.state = ''published'''], array['statements', 'language', 's.state = ''published'''],
    array['statements', 'original_language', 's.state = ''published'''], array['sources', 'language', cited]]
  loop
    present := '';
    loop
      execute format('select s.%1$I from public.%2$I as s where s.%1$I > $1 and %3$s order by s.%1$I limit 1', place[2], place[1], place[3])
        into present using present;
      exit when present is null;
      found := found || present;
    end loop;
  end loop;
  return array(select distinct on (public.text_config(language)) language from unnest(found) as language);
end $$;
