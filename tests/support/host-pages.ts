/** Pages of others that embed: each listens for heights as the consumer does that it is named after. */
export const page = (content: string, script = ''): string => `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>News</title>
<main style="max-width:500px"><h1>News</h1>${content}<p id="after">What stands after it.</p></main><script>${script}</script></html>`;

/** Sets the height of the frame that a message is from. */
const fit =
  'const fit = (source, height) => { for (const frame of document.querySelectorAll("iframe")) if (frame.contentWindow === source) frame.style.height = height + "px"; };';

export const listeners: Record<string, string> = {
  Datawrapper: `${fit} addEventListener("message", ({ source, data }) => {
    if (typeof data["datawrapper-height"] === "undefined") return;
    for (const id in data["datawrapper-height"]) fit(source, data["datawrapper-height"][id]); });`,
  AMP: `${fit} addEventListener("message", ({ source, data }) => {
    if (data && data.sentinel === "amp" && data.type === "embed-size") fit(source, data.height); });`,
  Medium: `addEventListener("message", ({ data }) => {
    let said; try { said = JSON.parse(data); } catch { return; }
    if (said.context !== "iframe.resize") return;
    for (const frame of document.querySelectorAll("iframe")) if (frame.src === said.src) frame.height = said.height; });`,
  pym: `addEventListener("message", ({ data }) => {
    const match = typeof data === "string" && /^pymxPYMx(\\S+)xPYMxheightxPYMx(.+)$/.exec(data);
    if (match) document.getElementById(match[1]).style.height = parseInt(match[2], 10) + "px"; });`,
  Mastodon: `const frame = document.querySelector("iframe");
    addEventListener("message", ({ source, data }) => {
      if (data && data.type === "setHeight" && data.id === 7 && source === frame.contentWindow) frame.height = data.height; });
    frame.addEventListener("load", () => frame.contentWindow.postMessage({ type: "setHeight", id: 7 }, "*"));`,
};

const KEPT: Record<string, string[]> = {
  a: ['href'],
  blockquote: [],
  iframe: ['src', 'width', 'height', 'frameborder', 'marginwidth', 'marginheight', 'scrolling', 'title'],
};

/**
 * What WordPress does with the html of a provider that it does not know (wp_filter_oembed_result and wp-embed.js): it keeps
 * only these elements and attributes, puts the frame into a sandbox, adds a secret to its address, and hides it until it
 * hears a height with that secret.
 */
export const wordpress = (html: string): string =>
  page(
    '<div id="post"></div>',
    `const kept = ${JSON.stringify(KEPT)};
    const given = new DOMParser().parseFromString(${JSON.stringify(html).replaceAll('<', '\\u003c')}, "text/html").body;
    for (const element of given.querySelectorAll("*")) {
      const attributes = kept[element.localName];
      if (!attributes) { element.replaceWith(...element.childNodes); continue; }
      for (const { name } of [...element.attributes]) if (!attributes.includes(name)) element.removeAttribute(name);
    }
    const secret = "aB3dE6gH9j";
    const frame = given.querySelector("iframe");
    frame.setAttribute("sandbox", "allow-scripts");
    frame.setAttribute("security", "restricted");
    frame.src += "#?secret=" + secret;
    frame.dataset.secret = secret;
    frame.style.cssText = "position: absolute; visibility: hidden;";
    given.querySelector("blockquote").className = "wp-embedded-content";
    addEventListener("message", ({ source, data }) => {
      if (!data || !(data.secret || data.message || data.value) || /[^a-zA-Z0-9]/.test(data.secret)) return;
      const frame = document.querySelector('iframe[data-secret="' + data.secret + '"]');
      if (!frame || source !== frame.contentWindow) return;
      frame.removeAttribute("style");
      document.querySelector("blockquote").style.display = "none";
      if (data.message === "height") {
        let height = parseInt(data.value, 10);
        if (height > 1000) height = 1000; else if (~~height < 200) height = 200;
        frame.height = height;
      }
      if (data.message === "link" && new URL(data.value).host === new URL(frame.src).host) document.title = "Goes to " + data.value;
    });
    document.getElementById("post").append(...given.childNodes);`,
  );
