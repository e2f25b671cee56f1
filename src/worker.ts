import { setTimeout as wait } from 'node:timers/promises';

export interface WorkerRests {
  /** After a step that did something. 0 takes no breath at all. */
  readonly busy: number;
  /** After a step that found nothing to do. */
  readonly idle: number;
  /** After a step that failed. */
  readonly failed: number;
}

/** Takes one step after the other in the background, from start to stop. Rests are in milliseconds. */
export class Worker {
  private readonly ending = new AbortController();
  private running: Promise<void> | null = null;
  private complaint: string | null = null;

  /**
   * @param step does some of what there is to do, and says how much.
   * @param complain is told of a failure, once for each reason: it may last for hours.
   */
  constructor(
    private readonly step: () => Promise<number>,
    private readonly rests: WorkerRests,
    private readonly complain: (reason: string) => void,
  ) {}

  start(): void {
    this.running ??= this.work();
  }

  /** Resolves when the step that is being taken is over. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.running;
  }

  private async work(): Promise<void> {
    while (!this.ending.signal.aborted) await wait(await this.attempt(), undefined, { signal: this.ending.signal }).catch(() => {});
  }

  /** @returns how long to rest. */
  private async attempt(): Promise<number> {
    try {
      const done = await this.step();
      this.complaint = null;
      return done > 0 ? this.rests.busy : this.rests.idle;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (reason !== this.complaint) this.complain(reason);
      this.complaint = reason;
      return this.rests.failed;
    }
  }
}
