import type { Actor, Role, Writer } from '../../db/types.ts';
import { Forbidden } from '../../errors.ts';

/**
 * The one table of permissions: the least role that may do each thing. Reviewer includes contributor and editor includes
 * reviewer; admin includes none of them.
 */
export const permissions = {
  'record.add': 'contributor',
  'own-draft.edit': 'contributor',
  'draft.edit': 'reviewer',
  'published.edit': 'editor',
  'record.approve': 'reviewer',
  'record.publish': 'editor',
  'record.withdraw': 'editor',
  'record.assign': 'reviewer',
  'record.merge': 'editor',
  'record.import': 'editor',
  'record.purge': 'admin',
  'settings.edit': 'admin',
  'user.manage': 'admin',
  'token.manage': 'admin',
} as const satisfies Record<string, Role>;

export type Permission = keyof typeof permissions;

const includes: Record<Role, readonly Role[]> = {
  contributor: ['contributor'],
  reviewer: ['contributor', 'reviewer'],
  editor: ['contributor', 'reviewer', 'editor'],
  admin: ['admin'],
};

/** Whether one of the actor's roles allows it. */
export function may(actor: Pick<Actor, 'roles'>, permission: Permission): boolean {
  return actor.roles.some((role) => includes[role].includes(permissions[permission]));
}

/** Throws `Forbidden` unless the actor of this change may do it. */
export function demand(tx: Writer, permission: Permission): void {
  demandOf(tx.change.actor, permission);
}

/** As `demand`, ahead of a change. */
export function demandOf(actor: Pick<Actor, 'roles'>, permission: Permission): void {
  if (!may(actor, permission)) throw new Forbidden(`This needs the role ${permissions[permission]}.`);
}
