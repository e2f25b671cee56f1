import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A real mail server on loopback that keeps what it gets. */
export class Mailbox {
  private readonly mails: { to: string; text: string }[] = [];
  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      void text(stream).then((received) => {
        this.mails.push({ to: session.envelope.rcptTo[0]?.address ?? '', text: received });
        done();
      });
    },
  });

  static async open(): Promise<Mailbox> {
    const mailbox = new Mailbox();
    const listener = mailbox.server.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    return mailbox;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  /** The code in the last mail to an address. */
  codeFor(address: string): string {
    const mail = this.mails.findLast(({ to }) => to === address);
    const [code] = /\b\d{6}\b/.exec(mail?.text.split('\r\n\r\n').slice(1).join() ?? '') ?? [];
    if (!code) throw new Error(`no code was mailed to ${address}`);
    return code;
  }

  countFor(address: string): number {
    return this.mails.filter(({ to }) => to === address).length;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(resolve);
    });
  }
}
