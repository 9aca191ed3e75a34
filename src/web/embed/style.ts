import { readFileSync } from 'node:fs';
import { transformSync } from 'esbuild';

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');

/** What the pages look like, without what is about whole pages, and what embeds add to it. */
const pages = read('../html/style.css').replace(/^@layer site \{$[\s\S]*?^\}$/gm, '');
const style = pages + read('style.css');

/** That of the box with the code to copy. */
export const codeStyle = minified(read('../html/style.css') + read('code.css'));

/** The style of each theme, whole: an embed asks for nothing more. */
export const styles: Record<Theme, string> = {
  auto: minified(style),
  light: minified(style.replaceAll('(prefers-color-scheme: dark)', 'not all').replaceAll('light dark', 'light')),
  dark: minified(style.replaceAll('(prefers-color-scheme: dark)', 'all').replaceAll('light dark', 'dark')),
};

function minified(css: string): string {
  return transformSync(css, { loader: 'css', minify: true, target: 'es2022' }).code.trim();
}
