import { ArgsType, Field } from '@nestjs/graphql';
import type { ApiContext } from '../api/context.js';
import type { Locale } from '../api/messages.js';
import { Language } from './taxonomy.js';

const LANGUAGE_OF: Record<Locale, Language> = { da: Language.DA, nb: Language.NB, en: Language.EN };

@ArgsType()
export class LabelArgs {
  @Field(() => Language, { nullable: true, description: "In which language; that of the request's Accept-Language when left out." })
  language?: Language | null;
}

/** The language asked for, or else the reader's own. */
export function languageFor(asked: Language | null | undefined, { locale }: ApiContext): Language {
  return asked ?? LANGUAGE_OF[locale];
}
