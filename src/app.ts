import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { graphiql } from './api/graphiql.js';
import { AppModule } from './app.module.js';
import type { Config } from './config.js';
import { Log } from './operations/logger.js';

/** Room for an entry with a text of the greatest length, in any script, and its query around it. */
const BODY_LIMIT = '1mb';

/** The whole application, not listening yet. */
export async function createApp(config: Config): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(config), {
    logger: new Log(config),
    bodyParser: false,
    abortOnError: false,
  });
  app.disable('x-powered-by');
  app.useBodyParser('json', { limit: BODY_LIMIT });
  app.use(graphiql());
  app.enableShutdownHooks();
  return app;
}
