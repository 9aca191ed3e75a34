-- In how many published claims a word stands, as text_vector gives words, so that the rarest words of a text are known before any
-- of them is looked for. Counted from time to time (src/db/word-counts.ts), from a sample where there are many claims;
-- words of a single claim are left out. The row of the empty word says how many claims there were.
create table word_counts (
  word text primary key,
  claims integer not null check (claims >= 0)
);
