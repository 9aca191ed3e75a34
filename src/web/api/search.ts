import { Language, Reference, text } from '../../domain/fields.ts';
import { search } from '../../domain/search/search.ts';
import { SearchAnswer } from '../answers.ts';
import { commaList, filterId, listAnswer, none, oneOf, pageFor } from './inputs.ts';
import { type Route, read } from './route.ts';
import { statementFilters, statementQuery } from './statement-query.ts';

const types = { claim: {}, statement: {}, person: {}, source: {} };

export const searching: Route[] = [
  read({
    path: '/search',
    summary: 'Claims, statements, people and sources that have the words, best first, with counts of what they share',
    description:
      'Words in any form, "phrases", -not and OR; a name, in any spelling, also finds what its bearer said and what is about them. Filters leave out the types of records that cannot have what they ask for.',
    params: none,
    query: statementQuery({
      q: text(200).meta({ description: 'Words, "phrases", -not, OR', examples: ['bridge "for a week" -road'] }),
      type: oneOf(types),
      person: Reference.optional().meta({ description: 'Who said it, for whom, or whom it is about' }),
      language: commaList(Language),
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
];
