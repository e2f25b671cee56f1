import { resolve } from 'node:path';
import { cleanEnv, makeValidator } from 'envalid';

/** Injection token of the one frozen {@link Config}. */
export const CONFIG = Symbol('CONFIG');

const LOG_LEVELS = ['error', 'warn', 'log', 'debug', 'verbose'] as const;

export interface Config {
  /** TCP port to listen on; 0 lets the operating system choose one. */
  readonly port: number;
  /** The address readers use, without a trailing slash; links and the cookie's Secure flag follow from it. */
  readonly publicUrl: string | undefined;
  /** Folder of the embedded database; unused when {@link databaseUrl} is set. */
  readonly dataDir: string;
  /** A PostgreSQL server; undefined means the embedded database. */
  readonly databaseUrl: string | undefined;
  /** Folder of the starter library; null starts with an empty library. */
  readonly libraryDir: string | null;
  /** A Meilisearch server; undefined means that the database alone searches. */
  readonly meiliHost: string | undefined;
  /** The key that `npm run meili:setup` made. */
  readonly meiliApiKey: string | undefined;
  /** Mail server; undefined prints mails in the log. */
  readonly smtpUrl: string | undefined;
  /** Sender of the mails. */
  readonly mailFrom: string;
  /** Who becomes the first administrator at first sign-in. */
  readonly adminEmail: string | undefined;
  /** Who brings it may read /metrics; undefined: nobody. */
  readonly metricsToken: string | undefined;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

/** A wrong environment variable; the message names each one, what it got and what it takes. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

function urlOf(protocols: string[]) {
  return makeValidator((input: string) => {
    const address = URL.canParse(input) ? new URL(input) : null;
    if (!address || !protocols.includes(address.protocol) || !input.startsWith(`${address.protocol}//`)) throw new Error();
    return input.replace(/\/+$/, '');
  });
}
const portNumber = makeValidator((input: string) => {
  if (!/^\d{1,5}$/.test(input) || Number(input) > 65_535) throw new Error();
  return Number(input);
});
const emailAddress = makeValidator((input: string) => {
  if (!/^[^\s@<>]+@[^\s@<>]+$/.test(input)) throw new Error();
  return input.trim().toLowerCase();
});
const secret = makeValidator((input: string) => {
  if (!/^[\x21-\x7e]{16,200}$/.test(input)) throw new Error();
  return input;
});
const folder = makeValidator((input: string) => resolve(input));
const logLevel = makeValidator((input: string) => {
  const level = LOG_LEVELS.find((each) => each === input);
  if (!level) throw new Error();
  return level;
});

const TAKES = {
  PORT: 'a port number from 0 to 65535',
  PUBLIC_URL: 'the address readers use, such as https://erfara.example.org',
  DATA_DIR: 'a folder for the embedded database',
  DATABASE_URL: 'a PostgreSQL address, such as postgres://user:password@host:5432/erfara',
  LIBRARY_DIR: 'the folder of the starter library, or "none" for an empty start',
  MEILI_HOST: 'the address of a Meilisearch server, such as http://localhost:7700',
  MEILI_API_KEY: 'the key that "npm run meili:setup" prints, 16 characters or more',
  SMTP_URL: 'a mail server, such as smtp://user:password@mail.example.org:587',
  MAIL_FROM: 'the sender of mails, such as erfara@example.org',
  ADMIN_EMAIL: 'an e-mail address',
  METRICS_TOKEN: 'a secret of 16 characters or more',
  LOG_LEVEL: `one of ${LOG_LEVELS.join(', ')}`,
};

/** Never shown, not even when wrong. */
const SECRETS = new Set<string>(['MEILI_API_KEY', 'METRICS_TOKEN']);

/** Hides what may be a password: between a user's colon and the last @, or after `password=`. */
function shown(value = ''): string {
  return JSON.stringify(value.replace(/^([a-z+]*:\/\/)?([^:@]*):.*@/s, '$1$2:***@').replace(/(password=)[^&\s]*/gi, '$1***'));
}

/**
 * Reads and validates the environment; an empty variable counts as not set.
 * @throws {ConfigError} when a variable has a value it does not take.
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const env = cleanEnv(
    set,
    {
      PORT: portNumber({ default: 3000 }),
      PUBLIC_URL: urlOf(['http:', 'https:'])({ default: undefined }),
      DATA_DIR: folder({ default: resolve('data') }),
      DATABASE_URL: urlOf(['postgres:', 'postgresql:'])({ default: undefined }),
      LIBRARY_DIR: makeValidator((input: string) => input)({ default: 'library' }),
      MEILI_HOST: urlOf(['http:', 'https:'])({ default: undefined }),
      MEILI_API_KEY: secret({ default: undefined }),
      SMTP_URL: urlOf(['smtp:', 'smtps:'])({ default: undefined }),
      MAIL_FROM: emailAddress({ default: 'erfara@localhost' }),
      ADMIN_EMAIL: emailAddress({ default: undefined }),
      METRICS_TOKEN: secret({ default: undefined }),
      LOG_LEVEL: logLevel({ default: 'log' }),
    },
    {
      reporter: ({ errors }) => {
        const wrong = Object.keys(errors) as (keyof typeof TAKES)[];
        if (wrong.length > 0)
          throw new ConfigError(wrong.map((name) => `${name} is ${SECRETS.has(name) ? `a text of ${set[name]?.length ?? 0} characters` : shown(set[name])}; it takes ${TAKES[name]}.`).join('\n'));
      },
    },
  );
  return Object.freeze({
    port: env.PORT,
    publicUrl: env.PUBLIC_URL,
    dataDir: env.DATA_DIR,
    databaseUrl: env.DATABASE_URL,
    libraryDir: env.LIBRARY_DIR === 'none' ? null : resolve(env.LIBRARY_DIR),
    meiliHost: env.MEILI_HOST,
    meiliApiKey: env.MEILI_API_KEY,
    smtpUrl: env.SMTP_URL,
    mailFrom: env.MAIL_FROM,
    adminEmail: env.ADMIN_EMAIL,
    metricsToken: env.METRICS_TOKEN,
    logLevel: env.LOG_LEVEL,
  });
}
