import { z } from 'zod';
import type { Writer } from '../../db/types.ts';
import { newId } from '../../lib/ids.ts';
import { demand } from './permissions.ts';
import { daysAfter, RoleName } from './rules.ts';
import { hashOf, newLinkSecret } from './secrets.ts';

export const InviteUser = z.strictObject({
  roles: z
    .array(RoleName)
    .min(1, 'name at least one role')
    .transform((roles) => [...new Set(roles)]),
});
export type InviteUser = z.output<typeof InviteUser>;

export interface Invitation {
  /** Goes into the link; shown this once. */
  secret: string;
  expiresAt: string;
}

/** Makes an invitation that whoever has its link may accept once, within 24 hours. */
export async function inviteUser(tx: Writer, { roles }: InviteUser): Promise<Invitation> {
  demand(tx, 'user.manage');
  const secret = newLinkSecret();
  const expiresAt = daysAfter(tx.change.at, 1);
  await tx
    .insertInto('invitations')
    .values({ id: newId(), hash: hashOf(secret), roles, created_at: tx.change.at, expires_at: expiresAt })
    .execute();
  return { secret, expiresAt };
}
