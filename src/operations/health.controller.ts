import { Controller, Get, ServiceUnavailableException } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Allow } from '../api/access.guard.js';
import { FallbackEngine } from '../search/meilisearch/fallback.engine.js';

/** For load balancers and orchestrators. Says nothing of versions or contents. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly engine: FallbackEngine,
  ) {}

  /** The process answers. */
  @Allow('ANYONE')
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** The database answers as well: requests may be sent here. */
  @Allow('ANYONE')
  @Get('ready')
  async ready(): Promise<{ status: 'ok' }> {
    try {
      await this.dataSource.query('SELECT 1');
    } catch {
      throw new ServiceUnavailableException({ status: 'the database does not answer' });
    }
    return { status: 'ok' };
  }

  /** Who answers searches: the engine that is set, or the database in its place. Erfara is ready either way. */
  @Allow('ANYONE')
  @Get('search')
  search(): { status: 'ok' | 'degraded' } {
    return { status: this.engine.isDegraded ? 'degraded' : 'ok' };
  }
}
