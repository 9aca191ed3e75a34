import { parseHTML } from 'linkedom';

/** What the form that keeps what is typed would send, untouched, from a page. */
export function formIn(html: string): Record<string, string> {
  const { document } = parseHTML(html);
  const fields: Record<string, string> = {};
  for (const field of document.querySelectorAll('form[data-typed] :is(input, select, textarea)')) {
    const [name, type] = [field.getAttribute('name'), field.getAttribute('type') ?? ''];
    const isUnticked = /^(radio|checkbox)$/.test(type) && !field.hasAttribute('checked');
    if (name && !isUnticked) fields[name] ??= textOf(field);
  }
  return fields;
}

function textOf(field: Element): string {
  if (field.tagName === 'TEXTAREA') return field.textContent ?? '';
  if (field.tagName !== 'SELECT') return field.getAttribute('value') ?? '';
  const chosen = field.querySelector('option[selected]') ?? field.querySelector('option');
  return chosen?.getAttribute('value') ?? '';
}
