/** The three requests of the contract, which the README shows too. */
export const phoneCall = {
  text: 'Donald Trump has spoken with Vladimir Putin by phone about ending the war in Ukraine',
  language: 'en',
  kind: 'fact',
  topics: ['Russia–Ukraine war'],
  people: [{ person: { name: 'Vladimir Putin' }, as: 'about' }],
  statement: {
    person: { name: 'Donald Trump' },
    quoteKind: 'reported',
    quote: 'I have spoken with him',
    language: 'en',
    saidOn: '2025-02-08~',
    venue: 'Interview with the New York Post',
    sources: [{ url: 'https://paper.example.org/interview', publisher: { name: 'New York Post' }, role: 'primary' }],
  },
};

export const noAnswer = (repliesTo: string | null) => ({
  person: { name: 'Dmitry Peskov' },
  stance: 'neither_confirms_nor_denies',
  onBehalfOf: { name: 'Kremlin', kind: 'organization' },
  quoteKind: 'translated',
  quote: 'I can neither confirm nor deny it',
  language: 'en',
  originalLanguage: 'ru',
  original: null,
  saidOn: '2025-02-09',
  repliesTo,
  sources: [
    {
      url: 'https://outlet.example.org/report',
      publisher: { name: 'Euromaidan Press' },
      role: 'reports',
      excerpt: { exact: 'neither confirm nor deny' },
      derivedFrom: [
        {
          publisher: { name: 'Suspilne' },
          relation: 'quotes',
          derivedFrom: [{ publisher: { name: 'TASS' }, relation: 'quotes' }],
        },
      ],
    },
  ],
});

export const closedForSixDays = {
  status: 'mostly_true',
  summary: 'Closed for six days',
  explanation: 'The council’s minutes give the dates.',
  evidence: [
    {
      url: 'https://council.example.org/minutes',
      publisher: { name: 'Council' },
      role: 'supports',
      excerpt: { exact: 'six days' },
    },
  ],
};
