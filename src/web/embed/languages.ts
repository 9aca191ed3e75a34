import type { Words } from './words.ts';
import { german } from './words-de.ts';
import { english } from './words-en.ts';
import { french } from './words-fr.ts';

/** By the language that `?lang=` names. */
export const languages = { en: english, de: german, fr: french } as const satisfies Record<string, Words>;
export type Language = keyof typeof languages;
