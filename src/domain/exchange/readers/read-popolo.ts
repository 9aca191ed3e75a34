import { Malformed } from '../../../errors.ts';
import { isId } from '../../../lib/ids.ts';
import { looseDate } from '../../../lib/loose-dates.ts';
import { rolePeriod } from '../../people/rules.ts';
import type { Reader } from '../reading.ts';
import type { RecordInput } from '../record-form.ts';
import { itemsOf } from './json-items.ts';
import { each, isNode, isOfType, type Node, node, textIn } from './json-ld.ts';

const LISTS = ['persons', 'organizations', 'memberships', 'posts', 'events'] as const;
/** Who is a member of what is known only at the end of a file, so its people are kept in memory until then. */
const MOST_ENTRIES = 200_000;

type Role = NonNullable<RecordInput<'person'>['roles']>[number];
type Name = NonNullable<RecordInput<'person'>['names']>[number];

/** Popolo (https://www.popoloproject.com/specs/): people and organizations, names in every language, memberships as roles. */
export const readPopolo: Reader = async function* (bytes) {
  const found: Record<string, { path: string; value: Node }[]> = Object.fromEntries(LISTS.map((list) => [list, []]));
  let entries = 0;
  for await (const { path, value } of itemsOf(bytes, LISTS)) {
    const list = /^\$\.(\w+)/.exec(path)?.[1] ?? 'persons';
    if (!isNode(value)) yield { place: { path }, refused: 'is no object' };
    else if (++entries > MOST_ENTRIES)
      throw new Malformed(`The file has more than ${MOST_ENTRIES} entries: divide it.`);
    else found[list]!.push({ path, value });
  }
  const byId = (list: string) => new Map(found[list]!.map(({ value }) => [String(value.id), value]));
  const world: World = { organizations: byId('organizations'), posts: byId('posts'), events: byId('events') };
  const memberships = new Map<string, Node[]>();
  for (const { value } of found.memberships!) {
    const person = String(value.person_id);
    memberships.set(person, [...(memberships.get(person) ?? []), value]);
  }
  for (const { path, value } of found.organizations!)
    yield { place: { path }, records: [recordOf(value, 'organization', [])] };
  for (const { path, value } of found.persons!) {
    const held = [...each(value.memberships).filter(isNode), ...(memberships.get(String(value.id)) ?? [])];
    yield { place: { path }, records: [recordOf(value, kindOf(value), rolesOf(held, world))] };
  }
};

interface World {
  organizations: Map<string, Node>;
  posts: Map<string, Node>;
  events: Map<string, Node>;
}

/** A list may hold both, told apart by type or by what only organizations have. */
const kindOf = (value: Node) =>
  isOfType(value, 'Organization') || 'classification' in value ? ('organization' as const) : ('person' as const);

function recordOf(value: Node, kind: 'person' | 'organization', roles: Role[]): RecordInput<'person'> {
  const name = textIn(value.name) ?? '';
  const description = textIn(value.summary) ?? textIn(value.biography) ?? textIn(value.description);
  return {
    type: 'person',
    ...(value.id != null && { key: keyOf(value) }),
    name,
    kind,
    ...(description && { description: description.slice(0, 2000) }),
    names: namesOf(name, value),
    roles,
    externalIds: Object.fromEntries(
      each(value.identifiers)
        .filter(isNode)
        .reverse()
        .flatMap(({ scheme, identifier }) => {
          const id = textIn(identifier);
          return typeof scheme === 'string' && /^[A-Za-z][\w.-]{0,49}$/.test(scheme) && id ? [[scheme, id]] : [];
        }),
    ),
  };
}

/** Ids that are not unique by themselves (a party's initials) are taken together with the name. */
function keyOf(value: Node): string {
  const id = String(value.id);
  return isId(id) ? id : `${id} ${textIn(value.name) ?? ''}`;
}

/** The first name in a language is the primary one there; others, and those in no language, are aliases. */
function namesOf(displayed: string, value: Node): Name[] {
  const names: Name[] = [{ name: displayed, kind: 'primary' }];
  const languages = new Set<string>();
  const seen = new Set([`${displayed} `]);
  for (const other of each(value.other_names).filter(isNode)) {
    const name = textIn(other.name);
    const language = textIn(other.lang ?? other.language)?.toLowerCase();
    const isTag = language !== undefined && /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/.test(language);
    if (!name || seen.has(`${name} ${language ?? ''}`)) continue;
    seen.add(`${name} ${language ?? ''}`);
    const isFormer = other.end_date != null;
    const isFirst = isTag && !isFormer && !languages.has(language);
    if (isFirst) languages.add(language);
    names.push({ name, kind: isFirst ? 'primary' : isFormer ? 'former' : 'alias', ...(isTag && { language }) });
  }
  return names;
}

/** A membership is a role in its organization, and one in the party on whose behalf it is held. */
function rolesOf(memberships: readonly Node[], { organizations, posts, events }: World): Role[] {
  const roles = new Map<string, Role>();
  for (const one of memberships) {
    const post = posts.get(String(one.post_id));
    const period = events.get(String(one.legislative_period_id));
    const [from, to] = heldIn(one, period);
    const title = textIn(one.label) ?? textIn(post?.label ?? post?.role) ?? textIn(one.role) ?? 'member';
    const add = (title: string, organization: Node | undefined) => {
      const role = {
        title: title.slice(0, 500),
        ...(organization && { organization: { key: keyOf(organization) } }),
        ...(from && { from }),
        ...(to && { to }),
      };
      roles.set(JSON.stringify(role), role);
    };
    add(title, organizations.get(String(one.organization_id ?? post?.organization_id ?? node(one.organization).id)));
    const party = organizations.get(String(one.on_behalf_of_id));
    if (party) add('member', party);
  }
  return [...roles.values()];
}

/** From when to when: the dates of the membership, else those of its period where they do not contradict these. */
function heldIn(membership: Node, period: Node | undefined): [string | undefined, string | undefined] {
  const date = (of: Node | undefined, field: string) => looseDate(textIn(of?.[field]) ?? '');
  const [from, to] = [date(membership, 'start_date'), date(membership, 'end_date')];
  const whole: [string | undefined, string | undefined] = [
    from ?? date(period, 'start_date'),
    to ?? date(period, 'end_date'),
  ];
  return rolePeriod(...whole).wrong ? [from, to] : whole;
}
