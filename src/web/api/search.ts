import { z } from 'zod';
import { Edtf, Language, Reference, text } from '../../domain/fields.ts';
import { matchClaims } from '../../domain/search/claim-matches.ts';
import { search } from '../../domain/search/search.ts';
import { Matches, SearchAnswer } from '../answers.ts';
import { commaList, filterId, Limit, listAnswer, none, oneOf, pageFor } from './inputs.ts';
import { question, type Route, read } from './route.ts';
import { statementFilters, statementQuery } from './statement-query.ts';
import { searchTable } from './tables.ts';

const types = { claim: {}, statement: {}, person: {}, source: {} };

/** Of what `from` and `to` are asked. */
const TIME =
  'statements whose time, claims on which a statement’s time or, where nobody has said anything, a verdict’s, sources whose publication';

export const searching: Route[] = [
  read({
    path: '/search',
    summary: 'Claims, statements, people and sources that have the words, best first, with counts of what they share',
    description:
      'Words in any form, "phrases", -not and OR; a name, in any spelling, also finds what its bearer said and what is about them. Filters leave out the types of records that cannot have what they ask for.',
    exported: searchTable,
    params: none,
    query: statementQuery({
      q: text(200).meta({ description: 'Words, "phrases", -not, OR', examples: ['bridge "for a week" -road'] }),
      type: oneOf(types),
      person: Reference.optional().meta({ description: 'Who said it, for whom, or whom it is about' }),
      language: commaList(Language),
      from: Edtf.optional().meta({ description: `EDTF; ${TIME} overlaps this date or anything later` }),
      to: Edtf.optional().meta({ description: `EDTF; ${TIME} overlaps this date or anything earlier` }),
      publisher: Reference.optional().meta({ description: 'Who published a source or a verdict' }),
    }),
    answers: { 200: SearchAnswer },
    async read(call, site) {
      const { q, type, language } = call.query;
      const person = await filterId(site.db, 'person', 'person', call.query.person, call);
      const publisher = await filterId(site.db, 'person', 'publisher', call.query.publisher, call);
      const page = pageFor(call, site, { ...statementFilters(call.query), q: q!, type, language, person, publisher });
      const found = await search(site.db, page, call);
      return listAnswer(call, site, found, { before: `"facets":${found.facets},"complete":${found.complete},` });
    },
  }),
  question({
    path: '/claims/match',
    summary: 'Claims on record that say what a text says, best first, or that there are none',
    description:
      'For a text from anywhere: a post, a quotation, a headline. Words count the more, the fewer claims have them; names also in other spellings. Asked of the record as it is now.',
    params: none,
    query: none,
    body: z.strictObject({
      text: text(5000).meta({ examples: ['He said that he had spoken with Putin by phone'] }),
      language: Language.optional().meta({ description: 'Of the text; left out, it is found out' }),
      person: Reference.optional().meta({ description: 'Who said it, or whom it is about' }),
      limit: Limit.default(5),
    }),
    answers: { 200: Matches },
    async reply(call, site) {
      const person = await filterId(site.db, 'person', 'person', call.body.person, call);
      const matches = await matchClaims(site.db, { ...call.body, person }, call.audience);
      return { json: JSON.stringify(matches) };
    },
  }),
];
