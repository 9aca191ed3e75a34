import fc from 'fast-check';

type Json = Record<string, unknown>;

/** Values that fields of the record expect, so that many generated requests get past the schemas. */
const likely = {
  date: [
    '2025-02-08',
    '2025-02-08~',
    '2025-02',
    '../2025-02-08',
    '2025-02-08/2025-02-10',
    '201X',
    '2025-21',
    '09/02/2025',
    '2025-13-01',
    '-0044-03-15',
    '2025-02-09T14:30:00+03:00',
  ],
  language: ['en', 'ru', 'pt-BR', 'zh-Hant', 'english please'],
  address: [
    'https://paper.example.org/a',
    'http://paper.example.org/a?utm_source=x',
    'https://user:pass@example.org/',
    'javascript:alert(1)',
    'https://[::1]:99999/',
  ],
  words: [
    'Donald Trump',
    'Зеленський',
    '“quoted”',
    '%_\\',
    "'; drop table people; --",
    '👩‍👩‍👧',
    'e\u0301',
    '\u202eright to left',
    ' ',
    '',
  ],
};

/** Makes arbitraries of the schemas of an OpenAPI document: mostly valid values, some that are not. */
export function arbitraries(
  document: { components: { schemas: Record<string, Json> } },
  known: { ids: string[]; slugs: string[] },
) {
  const pool = fc.constantFrom(...known.ids, ...known.slugs, ...Object.values(likely).flat());
  const wrong = fc.oneof(
    fc.constant(null),
    fc.integer(),
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constant([]),
    fc.constant({}),
    fc.constant('\u0000'),
    fc.constant('\ud800'),
    fc.double(),
    fc.constant({ __proto__: null, constructor: 1 }),
  );

  const of = (schema: Json, depth = 0): fc.Arbitrary<unknown> =>
    fc.oneof({ weight: 40, arbitrary: valid(schema, depth) }, { weight: 1, arbitrary: wrong });

  function valid(schema: Json, depth: number): fc.Arbitrary<unknown> {
    if (typeof schema.$ref === 'string')
      return of(document.components.schemas[schema.$ref.split('/').at(-1)!]!, depth + 1);
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]));
    const choices = (schema.anyOf ?? schema.oneOf) as Json[] | undefined;
    if (choices) return fc.oneof(...choices.map((choice) => of(choice, depth)));
    if (Array.isArray(schema.type)) return fc.oneof(...schema.type.map((type) => valid({ ...schema, type }, depth)));
    if (schema.type === 'object') return object(schema, depth);
    if (schema.type === 'array')
      return depth > 5 ? fc.constant([]) : fc.array(of(schema.items as Json, depth + 1), { maxLength: 3 });
    if (schema.type === 'integer')
      return fc.integer({ min: (schema.minimum as number) ?? -5, max: (schema.maximum as number) ?? 200 });
    if (schema.type === 'number') return fc.double({ noNaN: true, min: 0, max: 1e6 });
    if (schema.type === 'boolean') return fc.boolean();
    if (schema.type === 'null') return fc.constant(null);
    return fc.oneof(...texts(schema));
  }

  function texts({ format, pattern, description, examples }: Json): fc.Arbitrary<string>[] {
    if (format === 'uuid') return [fc.constantFrom(...known.ids), fc.uuid()];
    if (format === 'uri') return [fc.constantFrom(...likely.address), fc.webUrl()];
    if (String(description).includes('EDTF')) return [fc.constantFrom(...likely.date)];
    if (Array.isArray(examples) && examples[0] === 'en') return [fc.constantFrom(...likely.language)];
    if (Array.isArray(examples) && examples[0] === 'dmitry-peskov')
      return [fc.constantFrom(...known.slugs, ...known.ids)];
    if (typeof pattern === 'string') return [fc.stringMatching(new RegExp(pattern)), pool];
    return [pool, fc.string({ unit: 'grapheme', maxLength: 40 }), fc.string({ unit: 'binary', maxLength: 10 })];
  }

  function object(schema: Json, depth: number): fc.Arbitrary<Json> {
    const properties = (schema.properties ?? {}) as Record<string, Json>;
    const required = (schema.required ?? []) as string[];
    const members = Object.fromEntries(Object.entries(properties).map(([name, of_]) => [name, of(of_, depth + 1)]));
    const keep = (name: string) => (required.includes(name) ? 0.97 : depth > 3 ? 0.1 : 0.5);
    return fc.record(members).chain((value) =>
      fc
        .record({
          rolls: fc.array(fc.double({ noNaN: true, min: 0, max: 1 }), { minLength: 40, maxLength: 40 }),
          stranger: fc.integer({ min: 0, max: 40 }),
        })
        .map(({ rolls, stranger }) => {
          const kept = Object.entries(value).filter(([name], index) => rolls[index % 40]! <= keep(name));
          return Object.fromEntries(stranger === 0 ? [...kept, ['stranger', 1]] : kept);
        }),
    );
  }

  return of;
}
