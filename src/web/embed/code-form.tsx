import type { Embeddable } from '../html/embed-box.tsx';
import type { PublicSite } from '../site.ts';
import { languages } from './languages.ts';
import type { Look } from './look.ts';
import { embedAddress, type Snippet } from './snippets.tsx';
import { themes } from './style.ts';

export interface Choice {
  kind: Embeddable;
  reference: string;
  width: string;
  pin: boolean;
  look: Look;
  filters: Record<string, string>;
}

interface Codes {
  element: string;
  frame: string;
  address: string;
}

const THEMES = { auto: 'As the reader prefers', light: 'Light', dark: 'Dark' };
const WIDTHS: [string, string][] = [
  ['100%', 'As wide as its place'],
  ['640', '640 pixels'],
  ['480', '480 pixels'],
  ['320', '320 pixels'],
];
const languageOf = (tag: string) => new Intl.DisplayNames(tag, { type: 'language' }).of(tag)!;

/** The choices, the code for each way of embedding, and the embed as it will be. */
export function CodeForm({
  choice,
  codes,
  preview,
  site,
}: {
  choice: Choice;
  codes: Codes;
  preview: Snippet;
  site: PublicSite;
}) {
  const { kind, reference, width, pin, look, filters } = choice;
  const tags = Object.keys(languages);
  return (
    <main>
      <h1>Embed this</h1>
      <form action="/embed/code">
        <input type="hidden" name="kind" value={kind} />
        <input type="hidden" name="reference" value={reference} />
        {Object.entries(filters).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <Select label="Colours" name="theme" chosen={look.theme} options={themes.map((one) => [one, THEMES[one]])} />
        <Select label="Width" name="width" chosen={width} options={WIDTHS} />
        <Select label="Language" name="lang" chosen={look.lang} options={tags.map((tag) => [tag, languageOf(tag)])} />
        <Select
          label="Version"
          name="pin"
          chosen={pin ? '1' : ''}
          options={[
            ['', 'Always the latest'],
            ['1', 'As it is now'],
          ]}
        />
        <button type="submit">Show</button>
      </form>
      <Code label="For any page; takes the height that it needs" code={codes.element} rows={7} />
      <Code label="Where scripts are not allowed: a frame" code={codes.frame} rows={4} />
      <Code label="For WordPress and whoever else knows oEmbed: paste the address" code={codes.address} rows={2} />
      <h2>How it will look</h2>
      <iframe
        title="How it will look"
        src={embedAddress(site, preview).replace(site.publicUrl, '')}
        width={preview.width}
        height={preview.height}
      />
    </main>
  );
}

function Select({
  label,
  name,
  chosen,
  options,
}: {
  label: string;
  name: string;
  chosen: string;
  options: [string, string][];
}) {
  return (
    <label>
      {label}
      <select name={name}>
        {options.map(([value, words]) => (
          <option value={value} selected={value === chosen}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

function Code({ label, code, rows }: { label: string; code: string; rows: number }) {
  return (
    <label class="code">
      {label}
      <textarea readonly rows={rows} spellcheck={false}>
        {code}
      </textarea>
    </label>
  );
}
