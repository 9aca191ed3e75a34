-- Claims that were merged into another are few: so whoever has many claims need not look each of them up for its members.
select versions.index('claims', 'claims_merged', '(canonical_id) where canonical_id <> id');
