import { ConsoleLogger } from '@nestjs/common';
import type { Config } from '../config.js';

const LEVELS = ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'] as const;
/** What stops the start is thrown as well, and told once: by main. */
const TOLD_BY_MAIN = new Set(['ExceptionHandler', 'NestApplication']);
/** Nest's account of wiring itself up, line by line: of interest to its developers only. */
const WIRING = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'GraphQLModule', 'NestApplication']);

/** The console, at the level of LOG_LEVEL; how the application is wired shows from `debug` on. */
export class Log extends ConsoleLogger {
  private readonly wiring: boolean;

  constructor(config: Config) {
    super('Erfara', { logLevels: LEVELS.slice(0, LEVELS.indexOf(config.logLevel) + 1) });
    this.wiring = config.logLevel === 'debug' || config.logLevel === 'verbose';
  }

  override log(message: unknown, ...rest: unknown[]): void {
    if (this.wiring || !WIRING.has(String(rest.at(-1)))) super.log(message, ...(rest as [string]));
  }

  override error(message: unknown, ...rest: unknown[]): void {
    if (!TOLD_BY_MAIN.has(String(rest.at(-1)))) super.error(message, ...(rest as [string]));
  }
}
