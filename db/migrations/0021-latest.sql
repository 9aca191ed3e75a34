-- Feeds ask what was last put on record.
select versions.index('claims', 'claims_latest', '(sys_from) where state = ''published''');
select versions.index('verdicts', 'verdicts_latest', '(sys_from) where state = ''published'' and ours');
select versions.index('verdicts', 'verdicts_corrections', '(sys_from) where revision in (''correction'', ''retraction'')');
