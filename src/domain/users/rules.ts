import { z } from 'zod';
import type { Role } from '../../db/types.ts';

export const roleNames = ['contributor', 'reviewer', 'editor', 'admin'] as const satisfies readonly Role[];
export const RoleName = z.enum(roleNames);

const DAY = 86_400_000;

/** This many times 24 hours after a stamp, in UTC. */
export function daysAfter(stamp: string, days: number): string {
  return new Date(Date.parse(stamp) + days * DAY).toISOString();
}
