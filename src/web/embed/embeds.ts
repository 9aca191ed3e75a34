import type { Embeddable } from '../html/embed-box.tsx';
import { claimEmbed } from './claim-embed.tsx';
import { personEmbed, timelineFilters } from './person-embed.tsx';
import type { EmbedRoute } from './route.ts';
import { statementEmbed } from './statement-embed.tsx';

/** What can be embedded. */
export const embeds: Record<Embeddable, EmbedRoute> = {
  claims: { query: ['rev'], show: claimEmbed },
  statements: { query: ['rev'], show: statementEmbed },
  people: { query: ['rev', ...timelineFilters], show: personEmbed },
};
export const embedKinds = Object.keys(embeds) as Embeddable[];

/** Those of the parameters of an address that an embed of this kind knows, its look aside; others are somebody else's. */
export function queryOf(kind: Embeddable, parameters: URLSearchParams): Record<string, string> {
  return Object.fromEntries(
    embeds[kind].query.flatMap((name) => (parameters.get(name) ? [[name, parameters.get(name)!]] : [])),
  );
}
