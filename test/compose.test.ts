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
  it.each(Object.entries(services))('pins %s, checks its health, and starts it after what it needs is healthy', (name, { image, build, healthcheck, depends_on: needs = {} }) => {
    if (build) expect(dockerfile).toMatch(/^HEALTHCHECK /m);
    else {
      expect({ name, image }).toEqual({ name, image: expect.stringMatching(/^[\w./-]+:v?\d[\w.-]*$/) });
      expect(healthcheck?.test.length).toBeGreaterThan(0);
    }
    for (const [needed, { condition }] of Object.entries(needs)) expect([Object.keys(services).includes(needed), condition]).toEqual([true, 'service_healthy']);
  });

  it('keeps data in named volumes', () => {
    const mounted = Object.values(services).flatMap((service) => service.volumes ?? []).map((volume) => volume.split(':')[0]);
    expect(mounted.sort()).toEqual(Object.keys(volumes).sort());
  });

  it('gives Erfara settings that it takes, with nothing set but the secrets', () => {
    const environment = services['erfara']?.environment ?? {};
    const secrets = Object.values(services).flatMap((service) => Object.values(service.environment ?? {})).flatMap((value) => [...value.matchAll(/\$\{(\w+):\?/g)].map(([, name = '']) => name));
    const settings = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, substituted(value, Object.fromEntries(secrets.map((secret) => [secret, 'secret4711'])))]));
    const { databaseUrl } = readConfig(settings);
    expect(new Set(secrets)).toContain('POSTGRES_PASSWORD');
    expect(databaseUrl).toBe('postgres://erfara:secret4711@postgres:5432/erfara');
  });
});
