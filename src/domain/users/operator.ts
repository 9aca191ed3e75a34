import type { Actor } from '../../db/types.ts';

/** Whoever runs the program: at its command line nobody signs in. */
export const operator: Actor = { id: null, tokenId: null, roles: ['admin', 'editor'] };
