/** Pixels by which text is set in an embed: how wide a character is, how high a line, and what stands around it. */
const BLOCKS: Record<string, { character: number; line: number; around: number; most?: number }> = {
  h1: { character: 9.6, line: 26, around: 11.2 },
  short: { character: 8.1, line: 25.5, around: 0, most: 4 },
  blockquote: { character: 8.1, line: 25.5, around: 0 },
  p: { character: 7.4, line: 23.25, around: 2 },
};
/** The frame's own: its edges, its foot. */
const AROUND = 86;
const SIDES = 50;
const SEPARATOR = 26.6;

/**
 * How high an embed will be at this width, in pixels, before any browser has laid it out: what is reserved for it. By the
 * lengths of its texts, so it is right to a line or two.
 */
export function estimateHeight(html: string, width: number): number {
  const main = /<main[^>]*>(.*?)<p class="foot">/s.exec(html)?.[1] ?? '';
  const room = Math.max(width - SIDES, 100);
  let height = AROUND + SEPARATOR * (main.match(/class="said"/g)?.length ?? 0);
  for (const [, before = '', tag = '', text = ''] of main.matchAll(
    /(short"><blockquote[^>]*>|<blockquote[^>]*>)?<(h1|p)\b[^>]*>(.*?)<\/\2>/gs,
  )) {
    const block = BLOCKS[before.startsWith('short') ? 'short' : before ? 'blockquote' : tag]!;
    const characters = text.replace(/<[^>]*>/g, '').replace(/&[^;]+;/g, '.').length;
    const lines = Math.ceil((characters * block.character) / room);
    height += Math.min(lines, block.most ?? Number.POSITIVE_INFINITY) * block.line + block.around;
  }
  return Math.round(height);
}
