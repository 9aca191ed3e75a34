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
