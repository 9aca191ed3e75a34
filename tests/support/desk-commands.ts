import type { Response } from 'supertest';
import { NEW } from '../../src/web/desk/meant.ts';
import { NEW_CLAIM } from '../../src/web/desk/repeats.tsx';
import type { DeskWorld, Someone } from './desk-world.ts';
import type { Body } from './records.ts';

/** What somebody has typed and not sent, as it was kept last. */
export interface Kept {
  who: string;
  text: string;
  version: number;
}

/** What a sequence of commands has made so far. */
export interface Desk {
  claims: string[];
  people: string[];
  kept: Map<string, Kept>;
}

/** Who does it, and numbers that choose on what and how. */
export interface Given {
  who: Someone;
  at: number;
  how: number;
  desk: Desk;
  everybody: Record<string, Someone>;
}

type Command = (world: DeskWorld, given: Given) => Promise<Response | '' | undefined>;

let number = 0;
const words = () => `The bridge ${++number} was closed`;
const one = <T>(list: readonly T[], at: number): T | undefined => list[at % list.length];
const states = ['draft', 'in_review', 'published', 'published', 'withdrawn'] as const;

/** A claim as it is now, or what it was merged into; asked of the database, as the desk's own answers are tested elsewhere. */
const claimAt = async (world: DeskWorld, { desk, at }: Given): Promise<Body | undefined> => {
  const id = one(desk.claims, at);
  return id && world.claim(id);
};
/** Mostly a claim in a state in which something may be done with it. */
async function mostly(state: string, world: DeskWorld, given: Given): Promise<Body | undefined> {
  const all = await Promise.all(given.desk.claims.map((_, at) => claimAt(world, { ...given, at })));
  return one(given.how % 4 ? all.filter((one) => one?.state === state) : all, given.at);
}
/** Mostly the present version; now and then one that has passed. */
const versionOf = ({ version }: Body, { how }: Given): number => (how % 11 === 0 ? version - 1 || 9 : version);

/** A form that this user has begun: of two tabs, one may know an older version than was kept. */
function begun(world: DeskWorld, { who, desk, how }: Given): { id: string; version: number } {
  const [id, kept] =
    one(
      [...desk.kept].filter(([, form]) => form.who === who.id),
      how,
    ) ?? [];
  return id && kept && how % 3
    ? { id, version: how % 5 ? kept.version : kept.version - 1 }
    : { id: world.newId(), version: 0 };
}
const unsent = ({ id, version }: { id: string; version: number }) => ({
  'unsent.id': id,
  'unsent.version': String(version),
});

async function logged(desk: Desk, sending: Promise<Response>): Promise<Response> {
  const answer = await sending;
  const id = answer.status === 303 ? /claims\/([\w-]{36})\?/.exec(answer.headers.location!)?.[1] : answer.body.id;
  if (id && answer.status < 400) desk.claims.push(id);
  return answer;
}

/** Ends the form as the desk does, if what it says now is all that was kept. */
function sent(desk: Desk, form: { id: string; version: number }, answer: Response): Response {
  if (answer.status === 303 && desk.kept.get(form.id)?.version === form.version) desk.kept.delete(form.id);
  return answer;
}

const patchClaim = (world: DeskWorld, given: Given, claim: Body, patch: object | undefined) =>
  world
    .api(given.who, 'patch', `claims/${claim.id}`)
    .set('if-match', `"${versionOf(claim, given)}"`)
    .send(patch);

interface CommandOf {
  /** As what it stands on record; it may depend on what it led to. */
  action: string | ((answer: Response) => string);
  mostlyBy?: string;
  run: Command;
}

const setApart = (list: 'claims' | 'people'): CommandOf => ({
  action: 'record.unmerge',
  mostlyBy: 'ada',
  async run(world, { who, desk, at }) {
    const id = one(desk[list], at);
    return id && world.api(who, 'post', `${list}/${id}/unmerge`).send({});
  },
});

/** Everything that can be done at the desk, by forms and by the API, as which action it stands on record, and who mostly does it. */
export const commands: Record<string, CommandOf> = {
  'log a claim by form': {
    action: 'claim.log',
    async run(world, given) {
      const [text, form] = [words(), begun(world, given)];
      const said = {
        person: `Speaker ${given.at % 3}`,
        'person.is': NEW,
        'person.for': `Speaker ${given.at % 3}`,
        quote: 'Closed',
      };
      const fields = {
        ...said,
        quoteKind: 'verbatim',
        language: 'en',
        saidOn: given.how % 7 ? '2025-02-08' : '2025-13-13',
      };
      const statement = Object.fromEntries(Object.entries(fields).map(([name, value]) => [`statement/${name}`, value]));
      const claim = { text, 'text.for': text, 'text.is': NEW_CLAIM, language: 'en', kind: 'fact', topics: 'Bridges' };
      const sending = world.post(given.who, '/desk/claims/new', { ...claim, ...statement, ...unsent(form) });
      return sent(given.desk, form, await logged(given.desk, sending.then()));
    },
  },
  'log a claim': {
    action: 'claim.log',
    run: (world, { who, how, desk }) =>
      logged(
        desk,
        world
          .api(who, 'post', 'claims')
          .send({ text: words(), language: 'en', ...(how % 3 && { state: one(states, how) }) })
          .then(),
      ),
  },
  'edit a claim': {
    action: 'claim.edit',
    async run(world, given) {
      const claim = await claimAt(world, given);
      const patch = one(
        [
          { text: words() },
          { topics: [`Roads ${given.how}`] },
          { text: words(), state: 'published' },
          { kind: 'fact' },
        ],
        given.how,
      );
      return claim && patchClaim(world, given, claim, patch);
    },
  },
  'edit a claim by form': {
    action: ({ headers }) => (headers.location?.startsWith('/desk/proposals/') ? 'edit.propose' : 'claim.edit'),
    async run(world, given) {
      const claim = await mostly('published', world, given);
      if (!claim) return undefined;
      const [text, form, [proposal]] = [words(), begun(world, given), await world.proposalsOf([claim.id])];
      const known = proposal ? String(versionOf(proposal, given)) : '';
      const fields = { text, language: 'en', kind: 'fact', version: String(versionOf(claim, given)) };
      const sending = { ...fields, 'edit.proposal': known, ...unsent(form) };
      return sent(given.desk, form, await world.post(given.who, `/desk/claims/${claim.id}/edit`, sending));
    },
  },
  'accept a proposal': {
    action: 'proposal.accept',
    mostlyBy: 'ada',
    async run(world, given) {
      const proposal = one(await world.proposalsOf(given.desk.claims), given.at);
      const version = proposal && String(versionOf(proposal, given));
      return version && world.post(given.who, `/desk/proposals/${proposal.id}/accept`, { version });
    },
  },
  'hand a proposal back': {
    action: 'proposal.return',
    async run(world, given) {
      const { desk, how } = given;
      const proposal = one(await world.proposalsOf(desk.claims), given.at);
      if (!proposal) return undefined;
      const fields = { version: String(versionOf(proposal, given)), note: how % 4 ? 'Not so' : '' };
      const answer = await world.post(given.who, `/desk/proposals/${proposal.id}/return`, fields);
      if (answer.status !== 303) return answer;
      // It is the form of who made it, with the words that were proposed.
      const { id, version } = await world.latestForm(proposal.created_by);
      const text = new Map<string, string>(proposal.fields).get('text')!;
      desk.kept.set(id, { who: proposal.created_by, text, version });
      return answer;
    },
  },
  'move a claim by form': {
    action: 'claim.edit',
    async run(world, given) {
      const claim = await claimAt(world, given);
      if (!claim) return undefined;
      const { items } = (await world.api(given.who, 'get', `statements?claim=${claim.id}&state=draft,in_review`))
        .body as Body;
      const along = given.how % 2 ? items.map(({ id, version }: Body) => ['statement', `${id} ${version}`]) : [];
      const to = one(states, given.how)!;
      return world.post(given.who, `/desk/claims/${claim.id}/state`, [
        ['version', String(versionOf(claim, given))],
        ['state', to],
        ...along,
      ]);
    },
  },
  'move a claim': {
    action: 'claim.edit',
    mostlyBy: 'ada',
    async run(world, given) {
      const claim = await claimAt(world, given);
      const patch = { state: one(states, given.how) };
      return claim && patchClaim(world, given, claim, patch);
    },
  },
  'approve a claim': {
    action: 'record.approve',
    mostlyBy: 'cyd',
    async run(world, given) {
      const claim = await mostly('in_review', world, given);
      const version = claim && versionOf(claim, given);
      return claim && world.api(given.who, 'post', `claims/${claim.id}/approval`).send({ version });
    },
  },
  'give a verdict by form': {
    action: 'verdict.give',
    async run(world, given) {
      const claim = await claimAt(world, given);
      const form = begun(world, given);
      const revised =
        given.how % 2 ? { revision: 'correction', note: given.how % 3 ? 'It was another bridge' : '' } : {};
      const evidence = { 'evidence/0/url': 'https://council.example.org/minutes', 'evidence/0/role': 'supports' };
      const fields = { status: 'false', summary: words(), ...evidence, ...revised, ...unsent(form) };
      return claim && sent(given.desk, form, await world.post(given.who, `/desk/claims/${claim.id}/verdict`, fields));
    },
  },
  'move a verdict by form': {
    action: 'verdict.edit',
    async run(world, given) {
      const claim = await claimAt(world, given);
      const verdict = claim && one(await world.verdictsOn(claim.id), given.how);
      const fields = verdict && { version: String(versionOf(verdict, given)), state: one(states, given.how)! };
      return fields && world.post(given.who, `/desk/claims/${claim.id}/verdicts/${verdict.id}/state`, fields);
    },
  },
  'restore a claim by form': {
    action: 'record.restore',
    async run(world, given) {
      const claim = await claimAt(world, given);
      if (!claim) return undefined;
      const { items } = (await world.api(given.who, 'get', `claims/${claim.id}/history`)).body as Body;
      const fields = { change: one(items as Body[], given.how).change, version: String(versionOf(claim, given)) };
      return world.post(given.who, `/desk/claims/${claim.id}/history`, fields);
    },
  },
  'merge claims': {
    action: 'record.merge',
    mostlyBy: 'ada',
    async run(world, { who, desk: { claims }, at, how }) {
      const [id, into] = [one(claims, at), one(claims, at + 1 + (how % Math.max(1, claims.length - 1)))];
      return id && world.api(who, 'post', `claims/${id}/merge`).send({ into });
    },
  },
  'set a claim apart': setApart('claims'),
  'add a person': {
    action: 'person.add',
    async run(world, { who, desk }) {
      const answer = await world.api(who, 'post', 'people').send({ name: `Person ${++number}` });
      if (answer.status === 201) desk.people.push(answer.body.id);
      return answer;
    },
  },
  'merge people': {
    action: 'record.merge',
    mostlyBy: 'ada',
    async run(world, { who, desk: { people }, at }) {
      const [id, into] = [one(people, at), one(people, at + 1)];
      return id && world.api(who, 'post', `people/${id}/merge`).send({ into });
    },
  },
  'set a person apart': setApart('people'),
  'set four eyes': {
    action: 'settings.edit',
    mostlyBy: 'eve',
    async run(world, { who, how }) {
      const { version } = (await world.api(who, 'get', 'settings')).body as Body;
      const fourEyes = one(['automatic', 'always', 'never'], how);
      return world.api(who, 'patch', 'settings').set('if-match', `"${version}"`).send({ fourEyes });
    },
  },
  'keep a form': {
    action: 'none',
    async run(world, given) {
      const { who, desk } = given;
      const [text, form] = [words(), begun(world, given)];
      const answer = await world.post(who, '/desk/unsent', {
        'unsent.path': '/desk/claims/new',
        text,
        ...unsent(form),
      });
      // Where another tab has kept it since, it is kept apart.
      if (answer.status === 200) desk.kept.set(answer.body.id, { who: who.id, text, version: answer.body.version });
      return answer;
    },
  },
  'throw a form away': {
    action: 'none',
    async run(world, { who, desk, at }) {
      const id = one([...desk.kept.keys()], at);
      const answer = id && (await world.post(who, `/desk/unsent/${id}/throw-away`, {}));
      if (answer && answer.status === 303 && desk.kept.get(id)!.who === who.id) desk.kept.delete(id);
      return answer;
    },
  },
  'change roles': {
    action: 'user.edit',
    mostlyBy: 'eve',
    async run(world, { who, how, everybody }) {
      const whom = one([everybody.ben!, everybody.cyd!], how)!;
      const answer = await world.post(who, `/desk/users/${whom.id}`, {
        role: one(['editor', 'reviewer', 'contributor'], how)!,
      });
      const { status } = await world.get(whom, '/desk/account');
      // Unless it changed nothing, nobody is signed in as whom they were.
      if (status === 303) await world.signInAgain(whom);
      return answer;
    },
  },
};
