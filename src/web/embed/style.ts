import { readFileSync } from 'node:fs';
import { minified } from '../html/minify.ts';

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');

/** What the pages look like, without what is about whole pages, and what embeds add to it. */
const pages = read('../html/style.css').replace(/^@layer site \{$[\s\S]*?^\}$/gm, '');
const style = pages + read('style.css');

const [auto = '', light = '', dark = '', code = ''] = minified(
  [
    style,
    style.replaceAll('(prefers-color-scheme: dark)', 'not all').replaceAll('light dark', 'light'),
    style.replaceAll('(prefers-color-scheme: dark)', 'all').replaceAll('light dark', 'dark'),
    read('../html/style.css') + read('code.css'),
  ].map((contents) => ({ stdin: { contents, loader: 'css' } })),
);

/** The style of each theme, whole: an embed asks for nothing more. */
export const styles: Record<Theme, string> = { auto, light, dark };

/** That of the box with the code to copy. */
export const codeStyle = code;
