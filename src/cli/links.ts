import type { Invitation } from '../domain/users/invite-user.ts';

/** Where an invitation is accepted. `suggested` fills the form in beforehand. */
export function setupLink(publicUrl: string, { secret }: Invitation, suggested: Record<string, string> = {}): string {
  const query = new URLSearchParams(suggested).toString();
  return `${publicUrl}/setup/${secret}${query && `?${query}`}`;
}
