import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { CONFIG, type Config } from '../config.js';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Sends mail by SMTP_URL; without it the mail is printed in the log, so that a trial needs no mail server. */
@Injectable()
export class Mailer implements OnApplicationShutdown {
  private readonly logger = new Logger('Mail');
  private readonly transport: Transporter | null;

  constructor(@Inject(CONFIG) private readonly config: Config) {
    this.transport = config.smtpUrl ? createTransport(config.smtpUrl) : null;
  }

  async send({ to, subject, text }: Mail): Promise<void> {
    if (this.transport) await this.transport.sendMail({ from: this.config.mailFrom, to, subject, text });
    else this.logger.log(`no SMTP_URL, so this mail to ${to} is only printed here\nSubject: ${subject}\n\n${text}\n`);
  }

  onApplicationShutdown(): void {
    this.transport?.close();
  }
}
