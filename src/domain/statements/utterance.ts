import { z } from 'zod';
import { CitedSource, Edtf, Id, Language, PersonReference, Reference, text } from '../fields.ts';
import { quoteKinds, stances, words } from '../vocabulary.ts';

/** What is said of an utterance, whether it comes by itself, with its claim, or as a response. */
export const utterance = {
  person: PersonReference,
  onBehalfOf: PersonReference.nullish(),
  role: z
    .union([Id, text(500)])
    .nullish()
    .meta({ description: 'Id or title of one of the person’s roles, where the dated roles do not decide' }),
  quoteKind: z.enum(words(quoteKinds)),
  quote: text(20000).nullish(),
  language: Language.nullish(),
  originalLanguage: Language.nullish(),
  original: text(20000).nullish(),
  saidOn: Edtf.optional().meta({ description: 'May be left out for a silence: then the deadline, else askedOn' }),
  sequence: z.int().min(-1_000_000).max(1_000_000).default(0).meta({ description: 'Order within a day' }),
  venue: text(500).nullish(),
  askedOn: Edtf.nullish(),
  askedBy: PersonReference.nullish(),
  deadline: Edtf.nullish(),
  sources: z.array(CitedSource).max(50).default([]),
};

export type Utterance = z.output<z.ZodObject<typeof utterance>>;

export const PositionInput = z.strictObject({
  id: Id.optional(),
  claim: Reference,
  stance: z.enum(words(stances)),
  repliesTo: Id.nullish(),
  repeatOfEarlier: z.boolean().default(false),
});
export type PositionInput = z.output<typeof PositionInput>;
