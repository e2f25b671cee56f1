import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Config, ConfigError, readConfig } from '../src/config.js';

/** What is said about an environment that cannot be; fails when it can. */
function complaint(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error(`taken: ${JSON.stringify(environment)}`);
}

const DEFAULTS: Config = {
  port: 3000,
  publicUrl: undefined,
  dataDir: resolve('data'),
  databaseUrl: undefined,
  libraryDir: resolve('library'),
  meiliHost: undefined,
  meiliApiKey: undefined,
  smtpUrl: undefined,
  mailFrom: 'erfara@localhost',
  adminEmail: undefined,
  metricsToken: undefined,
  logLevel: 'log',
};
const VARIABLES = ['PORT', 'PUBLIC_URL', 'DATA_DIR', 'DATABASE_URL', 'LIBRARY_DIR', 'MEILI_HOST', 'MEILI_API_KEY', 'SMTP_URL', 'MAIL_FROM', 'ADMIN_EMAIL', 'METRICS_TOKEN', 'LOG_LEVEL'];

const GOOD: [variable: string, value: string, means: Partial<Config>][] = [
  ['PORT', '0', { port: 0 }],
  ['PORT', '65535', { port: 65_535 }],
  ['PUBLIC_URL', 'https://erfara.example.org', { publicUrl: 'https://erfara.example.org' }],
  ['PUBLIC_URL', 'http://example.org/erfara/', { publicUrl: 'http://example.org/erfara' }],
  ['DATA_DIR', 'here', { dataDir: resolve('here') }],
  ['DATA_DIR', '/var/lib/erfara', { dataDir: '/var/lib/erfara' }],
  ['DATABASE_URL', 'postgres://erfara:secret@db:5432/erfara', { databaseUrl: 'postgres://erfara:secret@db:5432/erfara' }],
  ['DATABASE_URL', 'postgresql://db/erfara', { databaseUrl: 'postgresql://db/erfara' }],
  ['LIBRARY_DIR', 'texts', { libraryDir: resolve('texts') }],
  ['LIBRARY_DIR', 'none', { libraryDir: null }],
  ['MEILI_HOST', 'http://localhost:7700/', { meiliHost: 'http://localhost:7700' }],
  ['MEILI_API_KEY', '0123456789abcdef', { meiliApiKey: '0123456789abcdef' }],
  ['METRICS_TOKEN', 'sixteen-letters!', { metricsToken: 'sixteen-letters!' }],
  ['SMTP_URL', 'smtp://localhost:25', { smtpUrl: 'smtp://localhost:25' }],
  ['SMTP_URL', 'smtps://user:secret@mail.example.org', { smtpUrl: 'smtps://user:secret@mail.example.org' }],
  ['MAIL_FROM', 'erfara@example.org', { mailFrom: 'erfara@example.org' }],
  ['ADMIN_EMAIL', 'Kari.Nordmann@Example.org', { adminEmail: 'kari.nordmann@example.org' }],
  ['LOG_LEVEL', 'error', { logLevel: 'error' }],
  ['LOG_LEVEL', 'verbose', { logLevel: 'verbose' }],
];

const BAD: [variable: string, value: string][] = [
  ['PORT', 'http'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '80.5'],
  ['PORT', '0x50'],
  ['PORT', '1e3'],
  ['PUBLIC_URL', 'erfara.example.org'],
  ['PUBLIC_URL', 'ftp://erfara.example.org'],
  ['PUBLIC_URL', 'javascript:alert(1)'],
  ['DATABASE_URL', 'mysql://db/erfara'],
  ['DATABASE_URL', 'localhost'],
  ['MEILI_HOST', 'localhost:7700'],
  ['MEILI_HOST', 'ftp://localhost'],
  ['SMTP_URL', 'mail.example.org'],
  ['SMTP_URL', 'http://mail.example.org'],
  ['MAIL_FROM', 'erfara'],
  ['MAIL_FROM', 'Erfara <erfara@example.org>'],
  ['ADMIN_EMAIL', 'admin@'],
  ['ADMIN_EMAIL', 'admin@example.org, other@example.org'],
  ['LOG_LEVEL', 'loud'],
  ['LOG_LEVEL', 'ERROR'],
];

describe('the settings', () => {
  it('all have a default', () => {
    expect(readConfig({})).toEqual(DEFAULTS);
  });

  it('cannot be changed once read', () => {
    expect(Object.isFrozen(readConfig({}))).toBe(true);
  });

  it.each(['', ' ', '\t\n'])('count as not set when they are blank (%j)', (blank) => {
    expect(readConfig(Object.fromEntries(VARIABLES.map((variable) => [variable, blank])))).toEqual(DEFAULTS);
  });

  it('leave alone what belongs to others', () => {
    expect(readConfig({ PATH: '/bin', NODE_ENV: 'production', Port: '1' })).toEqual(DEFAULTS);
  });

  it.each(GOOD)('take %s=%s', (variable, value, means) => {
    expect(readConfig({ [variable]: value })).toEqual({ ...DEFAULTS, ...means });
  });

  it.each(BAD)('refuse %s=%s, naming the variable, what it got and what it takes', (variable, value) => {
    const message = complaint({ [variable]: value });
    expect(message).toMatch(new RegExp(`^${variable} is .*; it takes .+\\.$`));
    expect(message).toContain(JSON.stringify(value));
  });

  it.each(['MEILI_API_KEY', 'METRICS_TOKEN'])('never show %s, which is a secret, not even when it is wrong', (variable) => {
    expect(complaint({ [variable]: 'hunter2' })).toMatch(new RegExp(`^${variable} is a text of 7 characters; it takes .+\\.$`));
  });

  it('name every wrong variable at once, a line each, and no right one', () => {
    const lines = complaint({ PORT: 'http', LOG_LEVEL: 'loud', ADMIN_EMAIL: 'admin', PUBLIC_URL: 'https://example.org' }).split('\n');
    expect(lines.map((line) => line.split(' ')[0]).sort()).toEqual(['ADMIN_EMAIL', 'LOG_LEVEL', 'PORT']);
  });
});

describe('a wrong address with a password', () => {
  it.each([
    ['with another protocol', 'mysql://erfara:hunter2@db/erfara'],
    ['without a protocol', 'erfara:hunter2@db/erfara'],
    ['without the slashes', 'postgres:erfara:hunter2@db/erfara'],
    ['with an @ in the password', 'mysql://erfara:p@hunter2@db/erfara'],
    ['with a slash in the password', 'mysql://erfara:p/hunter2@db/erfara'],
    ['with the password in its query', 'mysql://db/erfara?user=erfara&password=hunter2'],
    ['as keywords', 'host=db user=erfara password=hunter2'],
  ])('is shown without the password: %s', (_, value) => {
    const messages = [complaint({ DATABASE_URL: value }), complaint({ SMTP_URL: value })];
    for (const message of messages) {
      expect(message).not.toContain('hunter2');
      expect(message).toContain('erfara');
    }
  });

  it('is shown without the password, whatever the password is', () => {
    // Marked on both sides: a password such as "a" is in every message anyway.
    const password = fc.string({ unit: fc.constantFrom('a', '7', ':', '@', '/', '?', '#', '&', '%', '\\', 'ø') }).map((middle) => `<<${middle}>>`);
    fc.assert(
      fc.property(password, (secret) => {
        const message = complaint({ DATABASE_URL: `mysql://erfara:${secret}@db/erfara` });
        expect(message).not.toMatch(/<<|>>/);
        expect(message).toContain('@db/erfara');
      }),
    );
  });
});
