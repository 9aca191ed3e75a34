import '@github/auto-complete-element';

/** On every page of the desk: keys, names that complete, dates that say how they are understood, forms that are kept. */

function isTyping({ target }: Event): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}

/** A key alone does what is marked with it, unless one is typing. */
addEventListener('keydown', (event) => {
  if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
  const marked = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key)}"]`);
  if (!marked) return;
  event.preventDefault();
  marked.click();
});

// A page without a form that is kept may still have a field to begin with.
document.querySelector<HTMLElement>('[data-first]')?.focus();

const form = document.querySelector<HTMLFormElement>('form[data-typed]');
if (form) {
  form.addEventListener('keydown', ({ key, ctrlKey, metaKey }) => {
    if (key === 'Enter' && (ctrlKey || metaKey)) form.requestSubmit(form.querySelector<HTMLElement>('button.deed'));
  });
  for (const input of form.querySelectorAll<HTMLInputElement>('auto-complete input')) completes(form, input);
  for (const input of form.querySelectorAll<HTMLInputElement>('[data-date]')) understands(form, input);
  for (const button of form.querySelectorAll<HTMLButtonElement>('[data-fill]')) fills(form, button);
  const claim = form.querySelector<HTMLTextAreaElement>('textarea[name=text]');
  const repeated = form.querySelector<HTMLElement>('[data-repeats]');
  if (claim && repeated) repeats(form, claim, repeated);
  keeps(form);
  const [first] = form.querySelectorAll<HTMLElement>(
    '[aria-invalid], .choices input:not([type=hidden]), input:not([type=hidden]), select, textarea',
  );
  if (!location.hash) (form.querySelector<HTMLElement>('[aria-invalid], .choices input[type=radio]') ?? first)?.focus();
}

/** Says what a field means, for just the text in it. */
function choose(form: HTMLFormElement, input: HTMLInputElement | HTMLTextAreaElement, is: string): void {
  const hidden = (end: string) =>
    form.querySelector<HTMLInputElement>(`input[type=hidden][name="${input.name}.${end}"]`);
  const [chosen, text] = [hidden('is'), hidden('for')];
  if (!chosen || !text) return;
  chosen.value = is;
  text.value = is && input.value;
}

/** Whom a name means, where it was picked from the list as somebody new: the page's own word for that is in the list. */
function completes(form: HTMLFormElement, input: HTMLInputElement): void {
  const list = input.closest('auto-complete')!;
  list.addEventListener('auto-complete-change', () => {
    const option = [...list.querySelectorAll<HTMLElement>('[data-new]')].find(
      ({ dataset }) => dataset.autocompleteValue === input.value,
    );
    choose(form, input, option ? option.dataset.new! : '');
    form.dispatchEvent(new Event('input'));
  });
}

/** Acts when it has not been called for so long. */
function later(milliseconds: number, act: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, milliseconds);
  };
}

function understands(form: HTMLFormElement, input: HTMLInputElement): void {
  const shown = input.parentElement!.querySelector('output')!;
  const understand = later(250, async () => {
    const { value } = input;
    if (value.trim() === '') {
      shown.value = '';
      return;
    }
    const response = await fetch(`/desk/date?text=${encodeURIComponent(value)}`, { redirect: 'error' });
    const { readings = [], problem } = await response.json();
    if (input.value !== value) return;
    const texts = readings.map(({ edtf, text }: { edtf: string; text: string }) => `${text} (${edtf})`);
    shown.value = problem ?? (texts.length > 1 ? `Either ${texts.join(' or ')}: write the one you mean.` : texts[0]);
    choose(form, input, texts.length === 1 ? readings[0].edtf : '');
  });
  input.addEventListener('input', understand);
}

/** Fills in what a page says of itself, once its address is there; nothing that was typed is written over. */
function fills(form: HTMLFormElement, button: HTMLButtonElement): void {
  const said = button.parentElement!.querySelector<HTMLElement>('[role=status]')!;
  const inputOf = (name: string) => form.elements.namedItem(button.value + name) as HTMLInputElement | null;
  const address = inputOf('url')!;
  const fill = async (): Promise<void> => {
    const { value } = address;
    if (!URL.canParse(value)) return;
    said.textContent = 'Reading the page …';
    const response = await fetch(`/desk/suggest/source?url=${encodeURIComponent(value)}`).catch(() => undefined);
    const answer = response?.ok ? await response.json() : { problem: 'The page could not be read.' };
    if (address.value !== value) return;
    const { found = {}, problem = 'The page says nothing that is not here.' } = answer;
    const blank = Object.entries<string>(found).filter(([name]) => inputOf(name)?.value.trim() === '');
    for (const [name, text] of blank) {
      const input = inputOf(name)!;
      input.value = text;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      input.closest('details')?.setAttribute('open', '');
      // Whoever is there already types over it.
      if (input === document.activeElement) input.select();
    }
    const names = blank.map(([name]) => inputOf(name)!.labels![0]!.textContent!.toLowerCase());
    said.textContent = names.length ? `Filled in from the page: ${names.join(', ')}.` : problem;
  };
  address.addEventListener('change', fill);
  // It has been done by the time that the keyboard gets here, so this is no step on its way.
  button.tabIndex = -1;
  button.addEventListener('click', (event) => {
    event.preventDefault();
    void fill();
  });
}

/** Shows what is on record already, and logs a repeat of it in place of a new claim. */
function repeats(form: HTMLFormElement, claim: HTMLTextAreaElement, shown: HTMLElement): void {
  const show = later(300, async () => {
    const { value } = claim;
    const response = await fetch(`/desk/repeats?text=${encodeURIComponent(value)}`, { redirect: 'error' });
    if (response.ok && claim.value === value) shown.innerHTML = await response.text();
  });
  const repeat = (button: HTMLElement | null): void => {
    if (!button) return;
    choose(form, claim, button.dataset.repeat!);
    form.requestSubmit();
  };
  claim.addEventListener('input', show);
  shown.addEventListener('click', ({ target }) => repeat((target as Element).closest<HTMLElement>('[data-repeat]')));
  form.addEventListener('keydown', (event) => {
    if (!event.altKey || event.code !== 'KeyR') return;
    event.preventDefault();
    repeat(shown.querySelector<HTMLElement>('[data-repeat]'));
  });
}

/** Keeps the form half a second after the last key, and again until it is kept. */
function keeps(form: HTMLFormElement): void {
  const said = form.querySelector<HTMLElement>('[data-kept]')!;
  const hidden = (name: string) => form.elements.namedItem(name) as HTMLInputElement;
  let isKeeping = false;
  let isNewer = false;
  const keep = async (): Promise<void> => {
    if (isKeeping) {
      isNewer = true;
      return;
    }
    isKeeping = true;
    isNewer = false;
    try {
      const response = await fetch('/desk/unsent', {
        method: 'POST',
        body: new URLSearchParams(new FormData(form) as never),
        redirect: 'manual',
      });
      if (response.type === 'opaqueredirect') {
        said.textContent = 'You are signed out. Sign in again in another tab: what you typed stays here.';
      } else if (!response.ok) throw new Error(String(response.status));
      else {
        const { id, version, apart } = await response.json();
        hidden('unsent.id').value = id;
        hidden('unsent.version').value = version;
        history.replaceState(null, '', `${form.getAttribute('action')}?unsent=${id}`);
        said.textContent = apart ? 'This form is open in another tab, too: this one is kept apart.' : 'Kept.';
      }
    } catch {
      said.textContent = 'Not kept yet: the server does not answer. Trying again.';
      setTimeout(keep, 3000);
    }
    isKeeping = false;
    if (isNewer) await keep();
  };
  const soon = later(500, keep);
  form.addEventListener('input', () => {
    said.textContent = '';
    soon();
  });
}
