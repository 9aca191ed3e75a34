import { Router } from 'express';
import { sql } from 'kysely';
import { knownSteps } from '../db/migrate.ts';
import type { Database } from '../db/types.ts';
import { problem, sendProblem } from './middleware/problems.ts';

/** Longer than a healthy database ever takes, shorter than an orchestrator waits. */
const PATIENCE_MS = 1500;

/** /livez: the process is alive. /readyz: the database can be reached and has the present schema. */
export function healthRouter(db: Database): Router {
  const router = Router();
  router.get('/livez', (_req, res) => {
    res.setHeader('cache-control', 'no-store');
    res.json({ status: 'alive' });
  });
  router.get('/readyz', async (_req, res) => {
    res.setHeader('cache-control', 'no-store');
    const wrong = await whatIsWrong(db);
    if (wrong) sendProblem(res, problem(503, 'not_ready', wrong));
    else res.json({ status: 'ready' });
  });
  return router;
}

async function whatIsWrong(db: Database): Promise<string | undefined> {
  const late = new Promise<string>((resolve) =>
    setTimeout(resolve, PATIENCE_MS, 'The database does not answer.').unref(),
  );
  const asked = missingSteps(db).then(
    (missing) =>
      missing.length ? `The database lacks the steps ${missing.join(', ')}: run "onrecord migrate".` : undefined,
    () => 'The database cannot be reached.',
  );
  return Promise.race([asked, late]);
}

async function missingSteps(db: Database): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const taken = new Set(rows.map((row) => row.name));
  return (await knownSteps()).filter((step) => !taken.has(step));
}
