import { sql } from 'kysely';
import { prepared } from '../../db/prepared.ts';
import type { Reader } from '../../db/types.ts';
import { key } from '../../lib/text.ts';

/** The columns of a source that say what it is. */
export interface SourceRow {
  id: string;
  title: string | null;
  publisher_id: string | null;
  author: string | null;
  published_on: string | null;
  language: string | null;
  url: string | null;
  canonical_url: string | null;
  archived_url: string | null;
  archived_hash: string | null;
}

const columns = sql`id, title, publisher_id, author, published_on, language, url, canonical_url, archived_url, archived_hash`;

/** The sources on record with these canonical addresses. */
export async function findSourcesByUrl(reader: Reader, urls: readonly string[]): Promise<SourceRow[]> {
  return urls.length ? byUrl(reader, { urls }) : [];
}

const byUrl = prepared<{ urls: readonly string[] }, SourceRow>(
  (param) => sql`
    select ${columns} from unnest(${param('urls')}::text[]) as wanted (address)
      join sources on md5(sources.canonical_url) = md5(wanted.address) and sources.canonical_url = wanted.address
     where sources.purged_because is null`,
);

/** The sources on record without an address, of one of these publishers or none, with one of these titles or none. */
export async function findSourcesWithoutUrl(
  reader: Reader,
  publishers: readonly string[],
  titles: readonly (string | null)[],
): Promise<SourceRow[]> {
  if (titles.length === 0) return [];
  return withoutUrl(reader, {
    publishers,
    titles: titles.flatMap((title) => (title === null ? [] : [key(title)])),
  });
}

const withoutUrl = prepared<{ publishers: readonly string[]; titles: string[] }, SourceRow>(
  (param) => sql`
    select ${columns} from sources
     where url is null and purged_because is null
       and (publisher_id = any(${param('publishers')}::uuid[]) or publisher_id is null)
       and (title is null or md5(comparable(title)) = any(select md5(title) from unnest(${param('titles')}::text[]) as wanted (title)))`,
);
