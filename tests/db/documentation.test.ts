import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { testDatabase } from '../support/database.ts';

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const database = testDatabase();

async function inDatabase<T extends object>(statement: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query<T>(statement).finally(() => client.end());
  return rows;
}

describe('db/README.md', () => {
  const text = read('db/README.md');
  const listed = (section: string) => [...section.matchAll(/^\| `(\w+)` /gm)].map(([, name]) => name!).sort();
  const [, tracked = '', untracked = ''] = /^Tracked:(.*)^Not tracked:(.*?)^## /ms.exec(text) ?? [];

  it('has a line for each table, and says which are tracked', async () => {
    const all = await inDatabase<{ name: string; tracked: boolean }>(`
      select tablename as name, to_regclass('as_of.' || tablename) is not null as tracked
        from pg_tables where schemaname = 'public' and tablename not like 'kysely%' order by 1`);
    expect(listed(tracked)).toEqual(all.filter((table) => table.tracked).map(({ name }) => name));
    expect(listed(untracked)).toEqual(all.filter((table) => !table.tracked).map(({ name }) => name));
  });

  it('shows steps that work, and reach the past', async () => {
    const steps = [...text.matchAll(/^```sql\n(.*?)^```$/gms)].map(([, step]) => step!);
    expect(steps.length).toBeGreaterThan(2);
    for (const step of steps) await inDatabase(step);
    const [found] = await inDatabase<{ columns: string; indexes: string; past: string }>(`
      select (select count(*) from information_schema.columns
               where column_name = 'checked_by' and table_schema in ('public', 'history', 'as_of')) as columns,
             (select count(*) from pg_indexes where indexname = 'claims_checked_by') as indexes,
             to_regclass('as_of.notes') as past`);
    expect(found).toEqual({ columns: '3', indexes: '2', past: 'as_of.notes' });
  });
});

describe('src/README.md', () => {
  const text = read('src/README.md');
  const rooms = [...text.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell]) =>
    [...cell!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!),
  );

  it('has every room on its map', () => {
    const folders = ['', 'domain/', 'web/'].flatMap((room) =>
      readdirSync(new URL(`../../src/${room}`, import.meta.url), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && hasFiles(`${room}${entry.name}`))
        .map((entry) => `${room}${entry.name}/`),
    );
    expect(folders.filter((folder) => !rooms.some((room) => room.startsWith(folder)))).toEqual([]);
  });

  it('names files that exist', () => {
    const named = [...text.matchAll(/`((?:cli|db|domain|lib|web|tests)\/[\w/-]+(?:\.test)?\.ts)`/g)].map(
      ([, name]) => name!,
    );
    expect(named.length).toBeGreaterThan(20);
    const missing = named.filter(
      (name) => !existsSync(new URL(`../../${name.startsWith('tests/') ? '' : 'src/'}${name}`, import.meta.url)),
    );
    expect(missing).toEqual([]);
  });
});

function hasFiles(folder: string): boolean {
  return readdirSync(new URL(`../../src/${folder}`, import.meta.url)).length > 0;
}
