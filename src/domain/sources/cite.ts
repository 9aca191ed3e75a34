import type { Writer } from '../../db/types.ts';
import { Invalid } from '../../errors.ts';
import { newId } from '../../lib/ids.ts';
import type { CitedSource, Derivation, Evidence, Excerpt } from '../fields.ts';
import { type Owner, writeMembers } from '../members.ts';
import { sourceId } from './find-or-make-source.ts';

type Path = (string | number)[];
type Citing = { statement_id: string } | { claim_id: string } | { verdict_id: string } | { attribution_id: string };

/** More than a page can show and a reader can follow. */
export const MOST_DERIVATIONS = 200;

/** Cites sources as evidence for a finding. */
export async function cite(tx: Writer, citing: Citing, sources: readonly Evidence[], path: Path): Promise<void> {
  const rows = [];
  for (const [index, source] of sources.entries()) {
    rows.push({ id: newId(), ...citing, ...(await citationOf(tx, source, [...path, index])) });
  }
  if (rows.length) await tx.insertInto('citations').values(rows).execute();
}

/**
 * Makes these the sources of a statement, with the derivations among them. A citation of the same source in the same role
 * stays the row that it is. Returns whether anything changed.
 */
export async function writeStatementSources(
  tx: Writer,
  statement: Owner,
  sources: readonly CitedSource[],
  path: Path,
): Promise<boolean> {
  const citations = [];
  const derivations: DerivationRow[] = [];
  for (const [index, { derivedFrom, ...source }] of sources.entries()) {
    const citation = await citationOf(tx, source, [...path, index]);
    citations.push(citation);
    await collect(tx, derivations, citation.source_id, derivedFrom ?? [], [...path, index, 'derivedFrom']);
  }
  // Two entries may tell the same step; it is kept once.
  const steps = [...new Map(derivations.map((row) => [stepOf(row), row])).values()];
  refuseCycle(steps, path);
  const cited = await writeMembers(tx, 'citations', statement, citations, path, {
    sameBy: (row) => `${row.source_id} ${row.role}`,
  });
  const derived = await writeMembers(tx, 'derivations', statement, steps, path, {
    sameBy: stepOf,
  });
  return cited || derived;
}

const stepOf = (row: Record<string, unknown>) => `${row.source_id} ${row.from_source_id}`;

export type DerivationRow = {
  source_id: string;
  from_source_id: string | null;
  relation: Derivation['relation'];
};

/** Follows a chain of sources upstream, finding or making each. */
async function collect(
  tx: Writer,
  rows: DerivationRow[],
  from: string,
  upstream: readonly Derivation[],
  path: Path,
): Promise<void> {
  for (const [index, { relation, derivedFrom, ...source }] of upstream.entries()) {
    const here = [...path, index];
    if (relation === 'first_hand') {
      if (Object.keys(source).length || derivedFrom?.length)
        throw Invalid.at(here, 'first_hand means from the speaker, so it names no other source');
      rows.push({ source_id: from, from_source_id: null, relation });
      continue;
    }
    const id = await sourceId(tx, source, here);
    if (id === from) throw Invalid.at(here, 'a source cannot have a statement from itself');
    rows.push({ source_id: from, from_source_id: id, relation });
    if (rows.length > MOST_DERIVATIONS)
      throw Invalid.at(path, `a statement can have at most ${MOST_DERIVATIONS} derivations`);
    await collect(tx, rows, id, derivedFrom ?? [], [...here, 'derivedFrom']);
  }
}

/** The database refuses a cycle too, but only on commit, and until then a chain is followed for ever. */
export function refuseCycle(rows: readonly DerivationRow[], path: Path): void {
  const clear = new Set<string>();
  const follow = (id: string, below: ReadonlySet<string>): void => {
    if (below.has(id)) throw Invalid.at(path, 'a source cannot, by any path, have a statement from itself');
    if (clear.has(id)) return;
    const here = new Set(below).add(id);
    for (const row of rows) if (row.source_id === id && row.from_source_id) follow(row.from_source_id, here);
    clear.add(id);
  };
  for (const { source_id } of rows) follow(source_id, new Set());
}

async function citationOf(tx: Writer, { role, excerpt, ...source }: Evidence, path: Path) {
  return { source_id: await sourceId(tx, source, path), role, ...excerptColumns(excerpt ?? null) };
}

/** What the database stores of an excerpt. */
export function excerptColumns(excerpt: Excerpt | null) {
  const words = excerpt && 'exact' in excerpt ? excerpt : null;
  const time = excerpt && 'start' in excerpt ? excerpt : null;
  return {
    exact: words?.exact ?? null,
    prefix: words?.prefix ?? null,
    suffix: words?.suffix ?? null,
    starts_at: time?.start ?? null,
    ends_at: time?.end ?? null,
  };
}
