import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { readConfig } from '../src/config.js';

interface Service {
  image?: string;
  build?: string;
  depends_on?: Record<string, { condition: string }>;
  environment?: Record<string, string>;
  volumes?: string[];
  healthcheck?: { test: string[] };
}
const { services, volumes } = parse(await readFile('docker-compose.yml', 'utf8')) as { services: Record<string, Service>; volumes: Record<string, unknown> };
const dockerfile = await readFile('Dockerfile', 'utf8');

/** What compose makes of a value when these variables are set: `${NAME}`, `${NAME:-default}`, `${NAME:?complaint}`. */
const substituted = (value: string, variables: Record<string, string>) =>
  value.replace(/\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}/g, (_, name: string, otherwise: string | undefined) => variables[name] ?? otherwise ?? '');

describe('docker-compose.yml', () => {
  it.each(Object.entries(services))('pins %s, checks its health, and starts it after what it needs is there', (name, { image, build, healthcheck, depends_on: needs = {} }) => {
    if (build) expect(dockerfile).toMatch(/^HEALTHCHECK /m);
    else {
      expect({ name, image }).toEqual({ name, image: expect.stringMatching(/^[\w./-]+:v?\d[\w.-]*$/) });
      expect(healthcheck?.test.length).toBeGreaterThan(0);
    }
    for (const [needed, { condition }] of Object.entries(needs)) {
      expect(Object.keys(services)).toContain(needed);
      expect(['service_healthy', 'service_completed_successfully']).toContain(condition);
    }
  });

  it('keeps data in named volumes', () => {
    const mounted = Object.values(services).flatMap((service) => service.volumes ?? []).map((volume) => volume.split(':')[0]);
    expect([...new Set(mounted)].sort()).toEqual(Object.keys(volumes).sort());
  });

  it('gives the master key of Meilisearch to no process that serves', () => {
    expect(Object.keys(services['erfara']?.environment ?? {})).not.toContain('MEILI_MASTER_KEY');
  });

  it('gives Erfara settings that it takes, with nothing set but the secrets', () => {
    const environment = services['erfara']?.environment ?? {};
    const secrets = Object.values(services).flatMap((service) => Object.values(service.environment ?? {})).flatMap((value) => [...value.matchAll(/\$\{(\w+):\?/g)].map(([, name = '']) => name));
    const settings = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, substituted(value, Object.fromEntries(secrets.map((secret) => [secret, 'secret4711'])))]));
    const { databaseUrl, meiliHost } = readConfig(settings);
    expect(secrets.sort()).toEqual(['MEILI_MASTER_KEY', 'POSTGRES_PASSWORD']);
    expect({ databaseUrl, meiliHost }).toEqual({ databaseUrl: 'postgres://erfara:secret4711@postgres:5432/erfara', meiliHost: 'http://meilisearch:7700' });
  });
});
