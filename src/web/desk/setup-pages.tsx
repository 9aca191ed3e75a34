import type { CreatedToken } from '../../domain/users/create-token.ts';
import type { PublicSite } from '../site.ts';
import { Field, type Mistakes } from './forms.tsx';
import type { DeskPage } from './layout.tsx';

export interface Typed {
  name: string;
  email: string;
}

/** The form, with what was typed except the password, and what is wrong with it. */
export function setupForm(typed: Typed, mistakes: Mistakes = {}): DeskPage {
  const [first, ...others] = Object.keys(mistakes);
  const field = (name: string) => ({ name, mistakes, required: true, autofocus: name === first });
  return {
    title: 'Set up your account',
    notice:
      first === undefined
        ? undefined
        : {
            bad: true,
            text: `Nothing was saved yet. Please look at the marked ${others.length ? 'fields' : 'field'}${'password' in mistakes ? '' : ', and type the password again'}.`,
          },
    main: (
      <form class="desk-form" method="post">
        <p>This link was made for you. It works once.</p>
        <Field
          {...field('name')}
          label="Your name"
          hint="Colleagues see it beside what you enter."
          autocomplete="name"
          value={typed.name}
        />
        <Field {...field('email')} label="E-mail address" type="email" autocomplete="email" value={typed.email} />
        <Field
          {...field('password')}
          label="Password"
          hint="At least 12 characters. A few words that only you would put together are best."
          type="password"
          autocomplete="new-password"
          minlength={12}
        />
        <button type="submit" class="deed">
          Create my account
        </button>
      </form>
    ),
  };
}

const uses: Record<CreatedToken['role'], string> = {
  contributor: 'drafts',
  reviewer: 'reviews',
  editor: 'publishes and corrects',
  admin: 'manages users and access',
};

/** Shown once: the tokens are kept nowhere. */
export function welcome({ publicUrl }: PublicSite, name: string, tokens: readonly CreatedToken[]): DeskPage {
  // An admin's token manages access and writes nothing.
  const writing = tokens.find(({ role }) => role !== 'admin');
  const several = tokens.length > 1;
  return {
    title: `Welcome, ${name}`,
    main: (
      <div class="prose">
        <p>
          Your account is ready, in the {several ? 'roles' : 'role'} {tokens.map(({ role }) => role).join(' and ')}.{' '}
          <strong>
            Copy your access {several ? 'tokens' : 'token'} now to a safe place, such as a password manager: this page
            is shown only once.
          </strong>
        </p>
        <p>
          <a href="/desk">Go to the desk</a>: you are signed in already.
        </p>
        {tokens.map(({ role, token }) => (
          <>
            <h2>Token for the role {role}</h2>
            <p class="note">It {uses[role]}.</p>
            <pre>
              <code>{token}</code>
            </pre>
          </>
        ))}
        {writing && (
          <>
            <h2>How to use a token</h2>
            <p>
              Programs send it with each request, in the header <code>Authorization</code>:
            </p>
            <pre>
              <code>{exampleOf(publicUrl, writing.token)}</code>
            </pre>
          </>
        )}
        <p>
          Tokens work until {tokens[0]?.expiresAt.slice(0, 10)}. All that they can do is in the{' '}
          <a href="/api/docs">documentation of the API</a>.
        </p>
      </div>
    ),
  };
}

const exampleOf = (publicUrl: string, token: string): string => `curl ${publicUrl}/api/v1/people \\
  -H "Authorization: Bearer ${token}" \\
  -H "Content-Type: application/json" \\
  -d '{ "name": "Ada Lovelace" }'`;

export const linkGone: DeskPage = {
  title: 'This link no longer works',
  main: (
    <div class="prose">
      <p>
        It was used, has expired or was replaced by a newer one. Whoever runs this server can make a new one at its
        command line:
      </p>
      <pre>
        <code>npm run -s onrecord -- user create --name "Your Name" --email you@example.org --role admin editor</code>
      </pre>
    </div>
  ),
};

export const fromElsewhere: DeskPage = {
  title: 'This form came from elsewhere',
  main: (
    <p>
      Nothing was saved, because another site sent it. Open the link that you were given again, and fill in the form
      there.
    </p>
  ),
};
