/**
 * <on-record claim="…">, <on-record statement="…">, <on-record person="…">: shows an embed and gives it the height that it
 * needs. What stands inside the element, the quoted words and a link, shows until then, and for good where it cannot load.
 */
const base = (document.currentScript as HTMLScriptElement).src.replace(/\/embed\.js([?#].*)?$/, '');

const KINDS = { claim: 'claims', statement: 'statements', person: 'people' };
/** What the address of an embed takes, by the attribute that says it. */
const OPTIONS: Record<string, string> = {
  theme: 'theme',
  lang: 'lang',
  rev: 'rev',
  from: 'from',
  to: 'to',
  status: 'status',
  'any-status': 'anyStatus',
  stance: 'stance',
  topic: 'topic',
  q: 'q',
  order: 'order',
  limit: 'limit',
  'as-of': 'asOf',
};
const PATIENCE_MS = 15_000;
const LOWEST = 40;
const HIGHEST = 20_000;

class OnRecord extends HTMLElement {
  static observedAttributes = [...Object.keys(KINDS), ...Object.keys(OPTIONS)];

  #frame: HTMLIFrameElement | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #listen = ({ source, data }: MessageEvent): void => {
    // The sender is known by its window: a sandbox leaves it no origin to be known by.
    if (!this.#frame || source !== this.#frame.contentWindow) return;
    const height = data?.sentinel === 'amp' || data?.type === 'setHeight' ? Number(data.height) : Number.NaN;
    if (Number.isFinite(height)) this.#fit(Math.min(Math.max(Math.ceil(height), LOWEST), HIGHEST));
  };

  connectedCallback(): void {
    addEventListener('message', this.#listen);
    this.#load();
  }

  disconnectedCallback(): void {
    removeEventListener('message', this.#listen);
    this.#giveUp();
  }

  attributeChangedCallback(_name: string, before: string | null, after: string | null): void {
    if (this.#frame && before !== after) this.#load();
  }

  #load(): void {
    this.#giveUp();
    const address = this.#address();
    if (!address) return;
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    if (getComputedStyle(this).display === 'inline') this.style.display = 'block';
    const frame = document.createElement('iframe');
    frame.src = address;
    frame.title = this.getAttribute('title') ?? this.textContent?.trim().replace(/\s+/g, ' ').slice(0, 120) ?? '';
    frame.allow = '';
    frame.referrerPolicy = 'no-referrer';
    // Laid out, so that it can measure itself, but not to be seen, nor in the way of what is.
    frame.style.cssText =
      'position:absolute;visibility:hidden;border:0;inline-size:100%;block-size:0;color-scheme:light dark';
    this.style.position ||= 'relative';
    root.replaceChildren(document.createElement('slot'), frame);
    this.#frame = frame;
    frame.addEventListener('load', () => frame.contentWindow?.postMessage({ type: 'setHeight', id: 0 }, '*'));
    this.#patience = setTimeout(() => this.#giveUp(), PATIENCE_MS);
  }

  #fit(height: number): void {
    clearTimeout(this.#patience);
    const frame = this.#frame!;
    this.shadowRoot!.querySelector('slot')?.remove();
    frame.style.cssText = `display:block;border:0;inline-size:100%;block-size:${height}px;color-scheme:light dark`;
    this.style.minBlockSize = '0';
  }

  /** Back to what stands inside the element. */
  #giveUp(): void {
    clearTimeout(this.#patience);
    this.#frame = undefined;
    this.shadowRoot?.replaceChildren(document.createElement('slot'));
  }

  #address(): string | undefined {
    const kind = Object.entries(KINDS).find(([attribute]) => this.getAttribute(attribute));
    if (!kind) return undefined;
    const query = new URLSearchParams();
    for (const [attribute, parameter] of Object.entries(OPTIONS)) {
      const value = this.getAttribute(attribute);
      if (value) query.set(parameter, value);
    }
    const asked = query.size ? `?${query}` : '';
    return `${base}/embed/${kind[1]}/${encodeURIComponent(this.getAttribute(kind[0])!)}${asked}`;
  }
}

if (!customElements.get('on-record')) customElements.define('on-record', OnRecord);
