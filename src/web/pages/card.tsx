import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Request, type Response, Router } from 'express';
import type { ComponentChildren } from 'preact';
import type { Claim, Person, Speaker } from '../answers.ts';
import type { Ask } from '../ask.ts';
import { languageName } from '../html/languages.ts';
import { sendPage } from '../html/send-page.ts';
import { stanceInWords } from '../html/stance.ts';
import { shortened } from '../html/turns.tsx';
import { type Tone, toneOf } from '../html/verdict.tsx';
import type { Memory } from '../memory.ts';
import type { Site } from '../site.ts';

/** As the networks that show such pictures ask for. */
export const cardSize = { width: 1200, height: 630 };

/** The address of the picture that stands for a claim elsewhere. */
export const cardPath = (slug: string): string => `/claims/${slug}/card.png`;

/** The picture that stands for a claim elsewhere: what is claimed, what was found, who said so. */
export function cardRouter(site: Site, memory: Memory, ask: Ask): Router {
  const router = Router();
  router.get('/claims/:reference/card.png', async (req: Request<{ reference: string }>, res: Response) => {
    const at = { memory, generation: memory.generation };
    const claim = await ask<Claim>('/claims/{claim}', { claim: req.params.reference });
    if (claim.slug !== req.params.reference)
      return res.set('cache-control', 'public, no-cache').redirect(308, cardPath(claim.slug));
    const names = claim.statement ? await namesOf(claim.statement.speaker, ask) : [];
    const card = await draw((lacking) => <Card {...{ claim, names, site, lacking }} />);
    sendPage(req, res, at, card, { 'content-type': 'image/png' });
  });
  return router;
}

const TONES: Record<Tone, string> = {
  right: '#1b6b3a',
  mixed: '#8a5a00',
  wrong: '#a62b1f',
  contested: '#6b3fa0',
  open: '#57534b',
};

/** How a speaker is called, the displayed name first: where no face here has its script, another on record may do. */
async function namesOf({ slug, name }: Speaker, ask: Ask): Promise<string[]> {
  const { names } = await ask<Person>('/people/{person}', { person: slug });
  return [name, ...names.filter(({ kind }) => kind !== 'misspelling' && kind !== 'weak').map((other) => other.name)];
}

function Card({
  claim,
  names,
  site,
  lacking,
}: {
  claim: Claim;
  names: readonly string[];
  site: Site;
  lacking: ReadonlySet<string>;
}) {
  const { text, language, verdict, statement } = claim;
  const tone = TONES[toneOf(verdict.status)];
  const speaker = names.map((name) => drawable(name, lacking)).find(Boolean);
  const words = drawable(text, lacking) ?? `A claim in ${languageName(language)}`;
  const said = statement && [speaker && shortened(speaker, 50), stanceInWords(statement.stance), statement.saidOn.text];
  return (
    <div
      style={{
        display: 'flex',
        flexDirection: 'column',
        justifyContent: 'space-between',
        width: '100%',
        height: '100%',
        boxSizing: 'border-box',
        padding: '64px 72px',
        background: '#fdfcf9',
        color: '#1d1b18',
        borderLeft: `20px solid ${tone}`,
      }}
    >
      <div style={{ fontSize: 32, color: '#5d5850' }}>
        {drawable(site.siteName, lacking) ?? new URL(site.publicUrl).host}
      </div>
      <div style={{ display: 'flex', flexDirection: 'column' }}>
        <div style={{ fontSize: words.length > 110 ? 46 : 58, lineHeight: 1.25, wordBreak: 'break-word' }}>
          {shortened(words, 200)}
        </div>
        {said && (
          <div style={{ fontSize: 32, marginTop: 28, color: '#5d5850' }}>{said.filter(Boolean).join(' · ')}</div>
        )}
      </div>
      <div style={{ fontSize: 44, color: tone, fontWeight: 600 }}>{verdict.label}</div>
    </div>
  );
}

/** A text without the signs that the faces here lack; undefined where letters are among these, as of a script they lack. */
function drawable(text: string, lacking: ReadonlySet<string>): string | undefined {
  const lacked = [...text].filter((character) => lacking.has(character)).join('');
  if (/[\p{L}\p{N}]/u.test(lacked)) return undefined;
  return (
    [...text]
      .filter((character) => !lacking.has(character))
      .join('')
      .replace(/\s+/g, ' ')
      .trim() || undefined
  );
}

type Drawing = {
  satori: typeof import('satori').default;
  Resvg: typeof import('@resvg/resvg-js').Resvg;
  fonts: Font[];
};
type Font = { name: string; data: Buffer; weight: 400 | 600; style: 'normal' };

let drawing: Promise<Drawing> | undefined;

/** What draws takes memory, so it is loaded when a picture is asked for the first time. */
async function load(): Promise<Drawing> {
  const [{ default: satori }, { Resvg }, fonts] = await Promise.all([
    import('satori'),
    import('@resvg/resvg-js'),
    loadFonts(),
  ]);
  return { satori, Resvg, fonts };
}

function loadFonts(): Promise<Font[]> {
  const require = createRequire(import.meta.url);
  const faces = ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'vietnamese'];
  return Promise.all(
    ([400, 600] as const).flatMap((weight) =>
      faces.map(async (face) => ({
        name: `serif ${face}`,
        data: await readFile(
          require.resolve(`@fontsource/source-serif-4/files/source-serif-4-${face}-${weight}-normal.woff`),
        ),
        weight,
        style: 'normal' as const,
      })),
    ),
  );
}

/** Laid out again without what the faces turned out to lack, which would be a row of boxes. */
async function draw(card: (lacking: ReadonlySet<string>) => ComponentChildren): Promise<Buffer> {
  drawing ??= load();
  const { satori, Resvg, fonts } = await drawing;
  const lacking = new Set<string>();
  const loadAdditionalAsset = async (_code: string, characters: string) => {
    for (const character of characters) lacking.add(character);
    return [];
  };
  let known: number;
  let svg: string;
  do {
    known = lacking.size;
    svg = await satori(card(lacking) as Parameters<typeof satori>[0], { ...cardSize, fonts, loadAdditionalAsset });
  } while (lacking.size > known);
  return new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng();
}
