import type { IncomingMessage, ServerResponse } from 'node:http';
import cors from 'cors';
import express from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { listenForChanges } from './db/listen.ts';
import type { Database } from './db/types.ts';
import { docsRouter } from './web/api/docs.ts';
import { openApiDocument } from './web/api/document.ts';
import { apiRouter, asker, routes } from './web/api/router.ts';
import { desk } from './web/desk/desk.ts';
import { deskScript, deskStyle } from './web/desk/layout.tsx';
import { setupPage } from './web/desk/setup.ts';
import { claimEmbedHtml, embedRouter } from './web/embed/router.ts';
import { feedsRouter } from './web/feeds/router.ts';
import { claimsSearch } from './web/google/claims-search.ts';
import { healthRouter } from './web/health.ts';
import { assetRouter, icon, stylesheet } from './web/html/assets.ts';
import { Jobs } from './web/jobs.ts';
import { Memory } from './web/memory.ts';
import { deadline } from './web/middleware/deadline.ts';
import { answerProblem, problem, problems } from './web/middleware/problems.ts';
import { asksForData, claimPageHtml, pagesRouter } from './web/pages/router.ts';
import { pageReader, type ReadPage } from './web/read-page.ts';

export interface App {
  (req: IncomingMessage, res: ServerResponse): void;
  /** Stops listening for changes. */
  close(): Promise<void>;
}

export interface AppOptions {
  db: Database;
  config: Config & { sessionSecret: string };
  now: () => Date;
  log: Logger;
  /** Whether answers are remembered until the record changes. */
  remember?: boolean;
  /** What reads pages of the web, in place of what the configuration switches on. */
  readPage?: ReadPage;
}

/** Middleware and faces, in order. It listens nowhere: give it to a server. */
export function createApp({ db, config, now, log, remember = true, ...options }: AppOptions): App {
  const memory = new Memory();
  const listener = listenForChanges(db, {
    change: () => memory.forget(),
    deaf: () => memory.hear(false),
    hearing: () => memory.hear(remember),
  });
  const { publicUrl, siteName, publisherName, publisherUrl, dataLicense, sessionSecret: secret } = config;
  const jobs = new Jobs();
  const userAgent = `onrecord (+${publicUrl})`;
  const readPage = options.readPage ?? (config.fetchSources ? pageReader({ userAgent }) : undefined);
  const site = { db, publicUrl, siteName, publisherName, publisherUrl, dataLicense, secret, now, jobs, readPage };
  const document = openApiDocument(routes, config);

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);
  app.set('trust proxy', config.trustedProxies);
  app.use(
    // What is answered is data, which needs no more than this; pages set policies of their own.
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { defaultSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] },
      },
      strictTransportSecurity: publicUrl.startsWith('https:'),
      crossOriginResourcePolicy: { policy: 'cross-origin' },
      crossOriginOpenerPolicy: false,
      originAgentCluster: false,
      xDnsPrefetchControl: false,
      xDownloadOptions: false,
      xFrameOptions: false,
      xPermittedCrossDomainPolicies: false,
      xXssProtection: false,
    }),
  );
  app.use(healthRouter(db));
  app.use(deadline(site));
  app.use('/api', cors({ methods: ['GET', 'HEAD', 'POST', 'PATCH'], exposedHeaders: ['ETag', 'Link', 'Location'] }));
  app.get('/api/v1/openapi.json', (_req, res) => void res.set('cache-control', 'public, no-cache').json(document));
  app.use('/api/docs', docsRouter());
  app.use('/api/v1', apiRouter(site, memory));
  app.use(claimsSearch(site));
  app.use(assetRouter([stylesheet, icon, deskStyle, deskScript]));
  app.use(feedsRouter(site, memory, asker(site)));
  app.use(embedRouter(site, memory, asker(site)));
  app.use(pagesRouter(site, memory, asker(site)));
  app.use(
    desk(site, (actor) => asker(site, actor), {
      page: (seen, claim) => claimPageHtml(seen, asker(seen), claim),
      embed: (seen, claim) => claimEmbedHtml(seen, asker(seen), claim),
    }),
  );
  app.use(setupPage(site));
  app.use((req, res) => answerProblem(site, req, res, problem(404, 'not_found', `There is nothing at ${req.path}.`)));
  app.use(problems(log, site));

  const handle = (req: IncomingMessage, res: ServerResponse) => {
    const remembered = (isApi(req) || !asksForData(req)) && memory.answer(req, res);
    if (!remembered) app(req, res);
  };
  return Object.assign(handle, {
    close: async () => {
      await jobs.close();
      await listener.close();
    },
  });
}

const isApi = ({ url = '' }: IncomingMessage): boolean => url.startsWith('/api/');
