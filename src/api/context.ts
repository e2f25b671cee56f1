import DataLoader from 'dataloader';
import type { Request, Response } from 'express';
import { type Locale, LOCALES } from './messages.js';
import type { Viewer } from './viewer.js';

/** The loaders of one request, made when first asked for. */
export class Loaders {
  private readonly loaders = new Map<string, DataLoader<unknown, unknown>>();

  /** @param name one per batch function; the first caller's `batch` is used. */
  get<Key, Value>(name: string, batch: (keys: readonly Key[]) => Promise<(Value | Error)[]>): DataLoader<Key, Value> {
    let loader = this.loaders.get(name);
    if (!loader) this.loaders.set(name, (loader = new DataLoader(batch as never)));
    return loader as unknown as DataLoader<Key, Value>;
  }
}

/** What every resolver of one request shares. The viewer is resolved once, before any resolver runs. */
export interface ApiContext {
  viewer: Viewer | null;
  locale: Locale;
  loaders: Loaders;
  req: Request;
  res: Response;
}

export function localeOf(req: Request): Locale {
  const accepted = req.acceptsLanguages([...LOCALES, 'no', 'nn']);
  if (accepted === 'no' || accepted === 'nn') return 'nb';
  return LOCALES.find((locale) => locale === accepted) ?? 'en';
}
