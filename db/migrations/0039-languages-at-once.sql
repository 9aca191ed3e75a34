-- In which languages there is anything public, read by one query that keeps its plan: put together from text, each of its
-- eight parts was planned anew before every search, which took longer than to find a rare word.
create or replace function public.languages_on_record() returns text[] language plpgsql stable as $$
begin
  return array(
    with recursive found (language) as (
      select ''
      union all
      select next.language
        from found cross join lateral (
          select min(each.language) as language from (
            (select s.language from public.claims as s
              where s.language > found.language and s.state = 'published' order by s.language limit 1)
            union all
            (select s.language from public.statements as s
              where s.language > found.language and s.state = 'published' order by s.language limit 1)
            union all
            (select s.original_language from public.statements as s
              where s.original_language > found.language and s.state = 'published' order by s.original_language limit 1)
            union all
            -- As isPublicSource() in src/domain/visibility.ts.
            (select s.language from public.sources as s
              where s.language > found.language and (
                exists (select from public.citations c join public.statements y on y.id = c.statement_id where c.source_id = s.id and y.state = 'published')
                or exists (select from public.citations c join public.claims y on y.id = c.claim_id where c.source_id = s.id and y.state = 'published')
                or exists (select from public.citations c join public.verdicts y on y.id = c.verdict_id join public.claims x on x.id = y.claim_id
                            where c.source_id = s.id and y.state = 'published' and x.state = 'published')
                or exists (select from public.citations c join public.attributions y on y.id = c.attribution_id join public.statements x on x.id = y.statement_id
                            where c.source_id = s.id and y.state = 'published' and x.state = 'published')
                or exists (select from public.derivations d join public.statements y on y.id = d.statement_id
                            where d.source_id = s.id and y.state = 'published')
                or exists (select from public.derivations d join public.statements y on y.id = d.statement_id
                            where d.from_source_id = s.id and y.state = 'published'))
              order by s.language limit 1)) as each) as next
       where next.language is not null)
    select distinct on (public.text_config(language)) language
      from (select 'und' as language union all select found.language from found where found.language <> '') as known
     order by public.text_config(language), language);
end $$;
