import type { Config } from '../config.ts';
import { change } from '../db/change.ts';
import { CreateToken, createToken } from '../domain/users/create-token.ts';
import { operator } from '../domain/users/operator.ts';
import { RevokeToken, revokeToken } from '../domain/users/revoke-token.ts';
import { type TokenSummary, tokenList } from '../domain/users/token-list.ts';
import { withDatabase } from './open-database.ts';

interface Json {
  json?: true;
}

/** Prints a new access token, this once. */
export async function createTokenCommand(
  config: Config,
  { json, ...options }: Json & { name: string; role: string; days?: string },
): Promise<void> {
  const input = CreateToken.parse({ ...options, days: options.days === undefined ? undefined : Number(options.days) });
  const token = await withDatabase(config, (db) =>
    change(db, { actor: operator, action: 'token.create' }, (tx) => createToken(tx, input)),
  );
  if (json) return console.log(JSON.stringify(token));
  console.log(
    `${token.token}\nKeep it safe: it is not shown again. Role ${token.role}, until ${token.expiresAt}, id ${token.id}.`,
  );
}

/** Prints all access tokens without their secrets. */
export async function listTokens(config: Config, { json }: Json): Promise<void> {
  const tokens = await withDatabase(config, tokenList);
  if (json) return console.log(JSON.stringify(tokens));
  for (const token of tokens) console.log([token.id, token.role.padEnd(11), stateOf(token), token.name].join('  '));
}

function stateOf({ expiresAt, revokedAt }: TokenSummary): string {
  return revokedAt ? `revoked ${revokedAt.slice(0, 10)}` : `until   ${expiresAt.slice(0, 10)}`;
}

/** Revokes an access token for good. */
export async function revokeTokenCommand(config: Config, id: string, { json }: Json): Promise<void> {
  const input = RevokeToken.parse({ id });
  await withDatabase(config, (db) =>
    change(db, { actor: operator, action: 'token.revoke' }, (tx) => revokeToken(tx, input)),
  );
  console.log(json ? JSON.stringify({ id, revoked: true }) : `The token ${id} is revoked.`);
}
