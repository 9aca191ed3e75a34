import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export interface Config {
  port: number;
  host: string;
  /** Where readers reach us, without a slash at the end. */
  publicUrl: string;
  /** Absolute. */
  dataDir: string;
  /** Undefined: the embedded PostgreSQL in `dataDir`. */
  databaseUrl: string | undefined;
  /** Undefined: one is made and kept in `dataDir`. */
  sessionSecret: string | undefined;
  siteName: string;
  publisherName: string;
  publisherUrl: string;
  /** Under which the record may be used; `url` says the same as `name`. */
  dataLicense: { name: string; url: string };
  logLevel: LogLevel;
  /** Addresses and networks of proxies whose word on where a request comes from is taken. */
  trustedProxies: string[];
  /** Whether the desk reads the pages whose addresses are pasted there. */
  fetchSources: boolean;
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Licences that may be named for short, as SPDX does. */
const LICENSES: Record<string, string> = {
  'CC0-1.0': 'https://creativecommons.org/publicdomain/zero/1.0/',
  'CC-BY-4.0': 'https://creativecommons.org/licenses/by/4.0/',
  'CC-BY-SA-4.0': 'https://creativecommons.org/licenses/by-sa/4.0/',
  'CC-BY-NC-4.0': 'https://creativecommons.org/licenses/by-nc/4.0/',
  'ODbL-1.0': 'https://opendatacommons.org/licenses/odbl/1-0/',
};

/** The environment is not as it should be; the message has a line for each variable. */
export class BadConfig extends Error {}

const address = z
  .string()
  // Text that ends up in a connection option and in headers, where these would end it.
  .refine(
    (value) => !/[\s"'\\]/.test(value) && isWebAddress(value),
    'must be a web address such as https://record.example.org',
  )
  .transform((value) => new URL(value).href.replace(/\/+$/, ''));

const name = z.string().trim().min(1, 'must not be blank').max(500, 'must have at most 500 characters');

const Environment = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number from 1 to 65535')
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65_535, 'must be a port number from 1 to 65535')
    .default(3000),
  HOST: z
    .string()
    .regex(/^[\w.:%-]+$/, 'must be a host name or an IP address to listen on, such as 127.0.0.1 or 0.0.0.0')
    .default('127.0.0.1'),
  PUBLIC_URL: address.optional(),
  DATA_DIR: z
    .string()
    .transform((folder) => resolve(folder))
    .default(fileURLToPath(new URL('../data', import.meta.url))),
  DATABASE_URL: z
    .string()
    .refine(
      (url) => /^postgres(ql)?:\/\//.test(url) && URL.canParse(url),
      'must look like postgres://user:password@host:5432/database',
    )
    .optional(),
  SESSION_SECRET: z.string().min(32, 'must have at least 32 random characters, or be left out').optional(),
  SITE_NAME: name.default('On Record'),
  PUBLISHER_NAME: name.optional(),
  PUBLISHER_URL: address.optional(),
  DATA_LICENSE: z
    .string()
    .refine(
      (value) => Object.hasOwn(LICENSES, value) || isWebAddress(value),
      `must be ${Object.keys(LICENSES).join(', ')}, or the web address of a licence`,
    )
    .default('CC-BY-4.0'),
  FETCH_SOURCES: z.enum(['on', 'off'], 'must be on or off').default('off'),
  TRUSTED_PROXIES: z
    .string()
    .transform((list) => list.split(',').map((one) => one.trim()))
    .refine(
      (list) => list.every(isNetwork),
      'must be IP addresses or networks such as 10.0.0.0/8, with commas between, or loopback, linklocal, uniquelocal',
    )
    .default([]),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
});

/** What the environment asks for. Throws `BadConfig` with all that is wrong. A variable that is empty counts as unset. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value));
  const { success, data, error } = Environment.safeParse(set);
  if (!success)
    throw new BadConfig(error.issues.map((issue) => `${issue.path[0]?.toString()} ${issue.message}`).join('\n'));
  const publicUrl = data.PUBLIC_URL ?? `http://localhost:${data.PORT}`;
  return {
    port: data.PORT,
    host: data.HOST,
    publicUrl,
    dataDir: data.DATA_DIR,
    databaseUrl: data.DATABASE_URL,
    sessionSecret: data.SESSION_SECRET,
    siteName: data.SITE_NAME,
    publisherName: data.PUBLISHER_NAME ?? data.SITE_NAME,
    publisherUrl: data.PUBLISHER_URL ?? publicUrl,
    dataLicense: { name: data.DATA_LICENSE, url: LICENSES[data.DATA_LICENSE] ?? data.DATA_LICENSE },
    fetchSources: data.FETCH_SOURCES === 'on',
    logLevel: data.LOG_LEVEL,
    trustedProxies: data.TRUSTED_PROXIES,
  };
}

/** Whether npm runs us: `npm start`. */
export function isRunByNpm(env: NodeJS.ProcessEnv = process.env): boolean {
  return env.npm_lifecycle_event !== undefined;
}

/** As Express takes them for `trust proxy`. */
function isNetwork(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', bits, ...more] = text.split('/');
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)]!;
  return most > 0 && more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
}

function isWebAddress(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password, search, hash } = new URL(value);
  return /^https?:$/.test(protocol) && !username && !password && !search && !hash;
}
