import { uuidv7 } from 'uuidv7';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A UUIDv7 (RFC 9562), lower case: ids sort by the time they were made. */
export function newId(): string {
  return uuidv7();
}

/** True for a UUID of any version in its usual form, so that PostgreSQL will take it. */
export function isId(text: string): boolean {
  return UUID.test(text);
}

/** The last 8 hex digits, which are random. The first 8 are time: ids made within a minute share them. */
export function shortId(id: string): string {
  return id.slice(-8).toLowerCase();
}
