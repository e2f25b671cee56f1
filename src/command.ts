import type { NestExpressApplication } from '@nestjs/platform-express';
import { createApp } from './app.js';
import { readConfig } from './config.js';

/**
 * Runs a command on the application that the environment names, without listening and without the starter library.
 * What goes wrong ends in one message and exit code 1.
 * @param failed begins the message: what has not happened.
 */
export function command(failed: string, run: (app: NestExpressApplication, args: readonly string[]) => Promise<void>): void {
  const main = async () => {
    const app = await createApp({ ...readConfig(process.env), libraryDir: null });
    try {
      await app.init();
      await run(app, process.argv.slice(2));
    } finally {
      await app.close();
    }
  };
  main().catch((error: unknown) => {
    process.stderr.write(`${failed} ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
