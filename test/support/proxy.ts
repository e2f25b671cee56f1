import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Handler = (req: IncomingMessage, res: ServerResponse, pass: () => void) => void;

/** What can go wrong between Erfara and its search server. */
export const FAULTS: Record<string, Handler> = {
  'resets every connection': (req) => void req.socket.destroy(),
  'takes requests and never answers': () => {},
  'answers after two seconds': (_, __, pass) => void setTimeout(pass, 2_000),
  'answers 500': (_, res) => void res.writeHead(500, { 'content-type': 'application/json' }).end('{"message":"internal","code":"internal","type":"internal","link":""}'),
  'answers 503 with a page': (_, res) => void res.writeHead(503, { 'content-type': 'text/html' }).end('<html>Service Unavailable</html>'),
  'answers 429': (_, res) => void res.writeHead(429, { 'retry-after': '1' }).end(),
  'answers half of a JSON text': (_, res) => void res.writeHead(200, { 'content-type': 'application/json' }).end('{"results": [{"hits"'),
  'answers JSON of another kind': (_, res) => void res.writeHead(200, { 'content-type': 'application/json' }).end('{"hello":"world"}'),
  'breaks off in the middle of an answer': (_, res) => {
    res.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    res.write('{"results": [');
    setImmediate(() => res.destroy());
  },
};

/** Stands before the search server and does to its requests what a test says. */
export class Proxy {
  /** Null: everything passes. */
  fault: Handler | null = null;
  private readonly agent = new Agent({ keepAlive: true });

  private constructor(
    private readonly target: URL,
    private readonly server: Server,
  ) {
    server.on('request', (req: IncomingMessage, res: ServerResponse) => this.handle(req, res));
  }

  static async before(target: string): Promise<Proxy> {
    const server = createServer();
    const proxy = new Proxy(new URL(target), server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.agent.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private handle(req: IncomingMessage, res: ServerResponse): void {
    const pass = () => {
      const { hostname, port } = this.target;
      const sent = request({ hostname, port, path: req.url, method: req.method, headers: req.headers, agent: this.agent }, (answer) => {
        res.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(res);
      });
      sent.on('error', () => res.destroy());
      req.pipe(sent);
    };
    if (this.fault) this.fault(req, res, pass);
    else pass();
  }
}
