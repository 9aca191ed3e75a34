-- What a verdict of ours is to the one that it supersedes.
alter table versions.verdicts add column revision text constraint verdicts_revision_check check (revision in ('typo', 'update', 'correction', 'retraction'));
alter table versions.verdicts add column revision_note text check (char_length(revision_note) between 1 and 2000);
alter table versions.verdicts add column supersedes_id uuid;
alter table versions.verdicts add constraint correction_has_a_note
  check (revision is null or revision not in ('correction', 'retraction') or revision_note is not null or purged_because is not null);
alter table versions.verdicts add constraint revision_is_of_a_verdict check ((revision is null) = (supersedes_id is null));
select versions.show('verdicts');
alter table verdicts add foreign key (supersedes_id) references verdicts deferrable initially deferred;
