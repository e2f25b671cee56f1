import { createHash, timingSafeEqual } from 'node:crypto';
import { Controller, Get, Header, Headers, Inject, NotFoundException } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import { Allow } from '../api/access.guard.js';
import { CONFIG, type Config } from '../config.js';
import { FallbackEngine } from '../search/meilisearch/fallback.engine.js';
import { Outbox } from '../search/outbox.js';

/** For Prometheus: who has METRICS_TOKEN; nobody while it is not set. */
@Controller('metrics')
export class MetricsController {
  private readonly registry = new Registry();
  private readonly waiting = new Gauge({ name: 'erfara_search_changes_waiting', help: 'Changes that the search index does not have yet', registers: [this.registry] });
  private readonly oldest = new Gauge({ name: 'erfara_search_oldest_change_seconds', help: 'How long the oldest of them waits', registers: [this.registry] });
  private readonly failing = new Gauge({ name: 'erfara_search_changes_failing', help: 'Changes whose push failed at least once, and is tried again', registers: [this.registry] });
  private readonly degraded = new Gauge({ name: 'erfara_search_degraded', help: '1 while the database answers in place of the search server', registers: [this.registry] });

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly outbox: Outbox,
    private readonly engine: FallbackEngine,
  ) {}

  @Allow('ANYONE')
  @Get()
  @Header('content-type', Registry.PROMETHEUS_CONTENT_TYPE)
  @Header('cache-control', 'no-store')
  async metrics(@Headers('authorization') authorization: string | undefined): Promise<string> {
    const { metricsToken, meiliHost } = this.config;
    if (metricsToken === undefined || !same(authorization ?? '', `Bearer ${metricsToken}`)) throw new NotFoundException();
    // Without a search server nothing waits for one.
    const { changes, oldestSeconds, failing } = meiliHost === undefined ? { changes: 0, oldestSeconds: 0, failing: 0 } : await this.outbox.waiting();
    this.waiting.set(changes);
    this.oldest.set(oldestSeconds);
    this.failing.set(failing);
    this.degraded.set(this.engine.isDegraded ? 1 : 0);
    return this.registry.metrics();
  }
}

/** In a time that says nothing of how much of it is right. */
function same(given: string, right: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(right));
}
