import type { Locale } from '../api/messages.js';
import type { Mail } from './mail.js';

const TEXTS: Record<Locale, (code: string, minutes: number) => { subject: string; text: string }> = {
  en: (code, minutes) => ({
    subject: `Your sign-in code: ${code}`,
    text: `Your code for Erfara is ${code}. It works once, within ${minutes} minutes.\n\nIf you did not ask for it, you need do nothing.`,
  }),
  nb: (code, minutes) => ({
    subject: `Innloggingskoden din: ${code}`,
    text: `Koden din til Erfara er ${code}. Den virker én gang, innen ${minutes} minutter.\n\nHvis du ikke har bedt om den, trenger du ikke å gjøre noe.`,
  }),
  da: (code, minutes) => ({
    subject: `Din kode til login: ${code}`,
    text: `Din kode til Erfara er ${code}. Den virker én gang, inden for ${minutes} minutter.\n\nHvis du ikke har bedt om den, behøver du ikke gøre noget.`,
  }),
};

export function codeMail(to: string, code: string, minutes: number, locale: Locale): Mail {
  return { to, ...TEXTS[locale](code, minutes) };
}
