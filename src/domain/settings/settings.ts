import { sql } from 'kysely';
import type { Reader } from '../../db/types.ts';
import type { FourEyes } from '../vocabulary.ts';

export interface Settings {
  fourEyes: FourEyes;
  /** Whether they hold just now. */
  fourEyesHold: boolean;
  version: number;
}

/** How this newsroom works; what was never set is as the product comes. */
export async function getSettings(db: Reader): Promise<Settings> {
  const query = sql<Settings>`
    select coalesce(s.four_eyes, 'automatic') as "fourEyes", four_eyes_hold() as "fourEyesHold", coalesce(s.version, 1) as version
      from (select) as one left join settings as s on true`;
  return (await db.executeQuery(query.compile(db))).rows[0]!;
}
