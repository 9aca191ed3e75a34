/** In the box with the code to copy: choices apply at once, code is selected at a click, the preview gets its height. */
const form = document.querySelector('form')!;
form.addEventListener('change', () => form.requestSubmit());
form.querySelector('button')!.hidden = true;

for (const code of document.querySelectorAll('textarea')) code.addEventListener('click', () => code.select());

const preview = document.querySelector('iframe')!;
let reserved = preview.height;
addEventListener('message', ({ source, data }: MessageEvent) => {
  // What it tells by itself, or in answer to the question below: it may have told before anyone listened.
  if (data?.sentinel !== 'amp' && data?.type !== 'setHeight') return;
  if (source !== preview.contentWindow || !Number.isFinite(data.height)) return;
  const height = String(data.height);
  preview.height = height;
  // The code reserves what was measured in place of what was estimated.
  for (const code of document.querySelectorAll('textarea')) {
    code.value = code.value
      .replace(`min-height:${reserved}px`, `min-height:${height}px`)
      .replace(`height="${reserved}"`, `height="${height}"`);
  }
  reserved = height;
});
preview.contentWindow?.postMessage({ type: 'setHeight', id: 0 }, '*');
