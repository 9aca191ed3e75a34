import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Request, type Response, Router } from 'express';
import type { ComponentChildren } from 'preact';
import type { Claim } from '../answers.ts';
import type { Ask } from '../ask.ts';
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
    if (claim.slug !== req.params.reference) return res.redirect(308, cardPath(claim.slug));
    sendPage(req, res, at, await draw(<Card claim={claim} site={site} />), { 'content-type': 'image/png' });
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

function Card({ claim, site }: { claim: Claim; site: Site }) {
  const { text, verdict, statement } = claim;
  const tone = TONES[toneOf(verdict.status)];
  const speaker = statement && drawable(statement.speaker.name);
  // A text in a script that no face here has would be a row of boxes.
  const words = drawable(text) ?? 'A claim on record';
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
      <div style={{ fontSize: 32, color: '#5d5850' }}>{drawable(site.siteName) ?? ''}</div>
      <div style={{ display: 'flex', flexDirection: 'column' }}>
        <div style={{ fontSize: words.length > 110 ? 46 : 58, lineHeight: 1.25 }}>{shortened(words, 200)}</div>
        {speaker && (
          <div style={{ fontSize: 32, marginTop: 28, color: '#5d5850' }}>
            {`${shortened(speaker, 50)} · ${stanceInWords(statement.stance)} · ${statement.saidOn.text}`}
          </div>
        )}
      </div>
      <div style={{ fontSize: 44, color: tone, fontWeight: 600 }}>{verdict.label}</div>
    </div>
  );
}

/** A text without pictographs; undefined where it has characters that the faces here lack. */
function drawable(text: string): string | undefined {
  const plain = text.replace(/\p{Extended_Pictographic}|\u200d|\ufe0f/gu, '').trim();
  return /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Common}\p{Script=Inherited}]+$/u.test(plain)
    ? plain
    : undefined;
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

async function draw(card: ComponentChildren): Promise<Buffer> {
  drawing ??= load();
  const { satori, Resvg, fonts } = await drawing;
  const svg = await satori(card as Parameters<typeof satori>[0], { ...cardSize, fonts });
  return new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng();
}
