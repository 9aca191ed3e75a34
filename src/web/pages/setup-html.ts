import { createHash } from 'node:crypto';
import type { Config } from '../../config.ts';
import type { CreatedToken } from '../../domain/users/create-token.ts';

export interface Typed {
  name: string;
  email: string;
}

/** A sentence beside each field that is not right. */
export type Mistakes = Partial<Record<keyof Typed | 'password', string>>;

type Site = Pick<Config, 'publicUrl' | 'siteName'>;

const style = `
:root { color-scheme: light dark; --ink: #1c2024; --soft: #586069; --paper: #fcfcfa; --line: #8a9097; --bad: #a4161a; --deed: #1d4e89; --on-deed: #fff; --code: #eef0f2 }
@media (prefers-color-scheme: dark) { :root { --ink: #e9eaec; --soft: #a8afb7; --paper: #16181b; --line: #757c85; --bad: #ff9c96; --deed: #9cc4f2; --on-deed: #10243a; --code: #24282d } }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.55 system-ui, sans-serif }
main { max-width: 36rem; margin: 0 auto; padding: 3rem 1.25rem }
.site { margin: 0; color: var(--soft) }
h1 { margin: 0 0 1rem; font-size: 1.75rem; line-height: 1.25 }
h2 { margin: 2rem 0 .5rem; font-size: 1.125rem }
label { display: block; margin-top: 1.25rem; font-weight: 600 }
.hint, .mistake { margin: .125rem 0 .375rem }
.hint { color: var(--soft) }
.mistake { color: var(--bad); font-weight: 600 }
input { width: 100%; padding: .55rem .7rem; border: 1px solid var(--line); border-radius: .3rem; background: transparent; color: inherit; font: inherit }
input[aria-invalid] { border: 2px solid var(--bad) }
button { margin-top: 1.75rem; padding: .65rem 1.25rem; border: 0; border-radius: .3rem; background: var(--deed); color: var(--on-deed); font: inherit; font-weight: 600; cursor: pointer }
:focus-visible { outline: 3px solid var(--deed); outline-offset: 2px }
a { color: var(--deed) }
code { font: .9375rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere }
pre, .token { display: block; margin: .25rem 0; padding: .7rem .85rem; border-radius: .3rem; background: var(--code); white-space: pre-wrap }
`;

const styleHash = createHash('sha256').update(style).digest('base64');

export const contentSecurityPolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`;

/** The form, with what was typed except the password, and what is wrong with it. */
export function formPage(site: Site, { name, email }: Typed, mistakes: Mistakes = {}): string {
  const wrong = Object.keys(mistakes);
  const input = (field: keyof Mistakes, label: string, attributes: string, hint = '') => {
    const mistake = mistakes[field];
    const notes = [hint && `${field}-hint`, mistake && `${field}-mistake`].filter(Boolean).join(' ');
    return `<label for="${field}">${label}</label>
${hint && `<p class="hint" id="${field}-hint">${hint}</p>`}
${mistake ? `<p class="mistake" id="${field}-mistake">${escapeHtml(mistake)}</p>` : ''}
<input id="${field}" name="${field}" required ${attributes}${notes && ` aria-describedby="${notes}"`}${mistake ? ' aria-invalid="true"' : ''}${wrong[0] === field ? ' autofocus' : ''}>`;
  };
  return page(
    site,
    `${wrong.length ? 'Not yet right: ' : ''}Set up your account`,
    `<h1>Set up your account</h1>
${wrong.length ? `<p role="alert">Nothing was saved yet. Please look at ${wrong.length === 1 ? 'the marked field' : 'the marked fields'}${wrong.includes('password') ? '' : ', and type the password again'}.</p>` : '<p>This link was made for you. It works once.</p>'}
<form method="post">
${input('name', 'Your name', `type="text" autocomplete="name" value="${escapeHtml(name)}"`, 'Colleagues see it beside what you enter.')}
${input('email', 'E-mail address', `type="email" autocomplete="email" value="${escapeHtml(email)}"`)}
${input('password', 'Password', 'type="password" autocomplete="new-password" minlength="12"', 'At least 12 characters. A few words that only you would put together are best.')}
<button type="submit">Create my account</button>
</form>`,
  );
}

/** Shown once: the tokens are kept nowhere. */
export function welcomePage(site: Site, name: string, tokens: readonly CreatedToken[]): string {
  // An admin's token manages access and writes nothing.
  const writing = tokens.find(({ role }) => role !== 'admin');
  const uses = {
    contributor: 'drafts',
    reviewer: 'reviews',
    editor: 'publishes and corrects',
    admin: 'manages users and access',
  };
  const listed = tokens.map(
    ({ role, token }) => `<h2>Token for the role ${role}</h2>
<p class="hint">It ${uses[role]}.</p>
<code class="token">${token}</code>`,
  );
  return page(
    site,
    'Your account is ready',
    `<h1>Welcome, ${escapeHtml(name)}</h1>
<p>Your account is ready, in the ${tokens.length === 1 ? 'role' : 'roles'} ${tokens.map(({ role }) => role).join(' and ')}.
<strong>Copy your access ${tokens.length === 1 ? 'token' : 'tokens'} now to a safe place, such as a password manager: this page is shown only once.</strong></p>
<p><a href="/desk">Go to the desk</a>: you are signed in already.</p>
${listed.join('\n')}
${writing ? exampleOf(site, writing) : ''}
<p>Tokens work until ${tokens[0]?.expiresAt.slice(0, 10) ?? ''}. All that they can do is in the <a href="/api/docs">documentation of the API</a>.</p>`,
  );
}

function exampleOf({ publicUrl }: Site, { token }: CreatedToken): string {
  return `<h2>How to use a token</h2>
<p>Programs send it with each request, in the header <code>Authorization</code>:</p>
<pre><code>curl ${escapeHtml(publicUrl)}/api/v1/people \\
  -H "Authorization: Bearer ${token}" \\
  -H "Content-Type: application/json" \\
  -d '{ "name": "Ada Lovelace" }'</code></pre>`;
}

export function gonePage(site: Site): string {
  return page(
    site,
    'This link no longer works',
    `<h1>This link no longer works</h1>
<p>It was used, has expired or was replaced by a newer one. Whoever runs this server can make a new one at its command line:</p>
<pre><code>npm run -s onrecord -- user create --name "Your Name" --email you@example.org --role admin editor</code></pre>`,
  );
}

export function elsewherePage(site: Site): string {
  return page(
    site,
    'This form came from elsewhere',
    `<h1>This form came from elsewhere</h1>
<p>Nothing was saved, because another site sent it. Open the link that you were given again, and fill in the form there.</p>`,
  );
}

function page({ siteName }: Site, title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} – ${escapeHtml(siteName)}</title>
<style>${style}</style>
</head>
<body>
<main>
<p class="site">${escapeHtml(siteName)}</p>
${content}
</main>
</body>
</html>
`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
