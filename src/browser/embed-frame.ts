/**
 * Runs inside an embed: tells the host page how high it is, in each way that a host page may listen for, and asks now and
 * then whether what it shows has changed. It may be in a sandbox, without an origin: no storage, no pop-ups.
 */
const [address = ''] = location.href.split('#');
const framed = self !== top;
/** WordPress names its secret behind the number sign, and waits for a message that repeats it. */
const secret = /[#?&]secret=(\w+)/.exec(location.hash)?.[1];
const childId = new URLSearchParams(location.search).get('childId');
const name = location.pathname.split('/').at(-1) ?? '';

const post = (message: unknown): void => parent.postMessage(message, '*');
const measure = (): number => Math.ceil(document.body.getBoundingClientRect().height);

/** A frame may run before it has heard how wide it is. What it would measure until then is a column of single letters. */
function onceLaidOut(then: () => void, pause = 10): void {
  if (innerWidth > 0) then();
  else setTimeout(onceLaidOut, pause, then, pause * 2);
}

let told = 0;
function tellHeight(): void {
  const height = measure();
  if (!framed || innerWidth === 0 || height === told) return;
  told = height;
  post({ 'datawrapper-height': { [name]: height } });
  post({ sentinel: 'amp', type: 'embed-size', height });
  post(JSON.stringify({ src: location.href, context: 'iframe.resize', height }));
  if (secret) post({ message: 'height', value: height, secret });
  if (childId) post(['pym', childId, 'height', height].join('xPYMx'));
}
new ResizeObserver(tellHeight).observe(document.body);
// Browsers draw nothing in a frame that is hidden, as in WordPress until it has heard from it, so nothing is observed there.
onceLaidOut(tellHeight);
addEventListener('load', tellHeight);

addEventListener('message', ({ data, source }: MessageEvent) => {
  // Mastodon's question, and our own loader's, which may have begun to listen after the first message.
  if (framed && source === parent && data?.type === 'setHeight')
    onceLaidOut(() => post({ type: 'setHeight', id: data.id, height: measure() }));
});

if (secret) {
  // In WordPress's sandbox a link opens nothing, but the host page follows one to our own host.
  addEventListener('click', (event) => {
    const link = (event.target as Element).closest('a');
    if (!link || new URL(link.href).host !== location.host) return;
    event.preventDefault();
    post({ message: 'link', value: link.href, secret });
  });
}

const SECOND = 1000;
let etag = document.querySelector<HTMLMetaElement>('meta[name=etag]')?.content;
let asked = 0;

async function refresh(): Promise<void> {
  asked = Date.now();
  try {
    const answer = await fetch(address, { headers: etag ? { 'If-None-Match': etag } : {}, credentials: 'omit' });
    // What was withdrawn or erased answers 410, with a page that says so.
    if (!answer.ok && answer.status !== 410) return;
    const fresh = answer.headers.get('etag') ?? undefined;
    if (fresh && fresh === etag) return;
    show(await answer.text());
    etag = fresh;
  } catch {
    // Without a connection it goes on showing what it shows.
  }
}

/** Puts in the new content at once; whoever is reading it by keyboard stays at the same link. */
function show(html: string): void {
  const next = new DOMParser().parseFromString(html, 'text/html').querySelector('main');
  const shown = document.querySelector('main');
  if (!next || !shown || next.outerHTML === shown.outerHTML) return;
  const focused = document.activeElement instanceof HTMLAnchorElement ? document.activeElement.href : undefined;
  shown.replaceWith(next);
  if (focused) [...document.links].find(({ href }) => href === focused)?.focus({ preventScroll: true });
}

/** Not all at once, where many show the same. */
const pause = (): number => (35 + 15 * Math.random()) * SECOND;
function wait(ms: number): void {
  setTimeout(async () => {
    if (!document.hidden) await refresh();
    wait(pause());
  }, ms);
}
// A cache may have kept the page for a while before it came here.
wait((5 + 10 * Math.random()) * SECOND);
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && Date.now() - asked > 35 * SECOND) void refresh();
});
