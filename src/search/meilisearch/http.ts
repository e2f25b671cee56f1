import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { MeilisearchApiError, type MeilisearchErrorResponse } from 'meilisearch';

const agents = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) };

/** How long the server may say nothing, in milliseconds; a search has less patience and a signal of its own. */
const SILENCE_MS = 20_000;

/**
 * Sends the client's requests through node:http on kept connections. Node's own fetch sends a request in two packets,
 * and the server's operating system waits 40 ms before it acknowledges the first: measured on loopback, six times the
 * whole search.
 */
export async function send(...[input, init = {}]: Parameters<typeof fetch>): Promise<unknown> {
  const url = new URL(input instanceof Request ? input.url : input);
  const secure = url.protocol === 'https:';
  const body = typeof init.body === 'string' ? init.body : '';
  const headers = { ...Object.fromEntries(new Headers(init.headers)), 'content-length': String(Buffer.byteLength(body)) };
  const options = { method: init.method ?? 'GET', headers, agent: secure ? agents.https : agents.http, timeout: SILENCE_MS };
  const { signal } = init;
  signal?.throwIfAborted();
  let abort = () => {};
  const { status, text } = await new Promise<{ status: number; text: string }>((resolve, reject) => {
    const sent = (secure ? httpsRequest : httpRequest)(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    abort = () => sent.destroy(signal?.reason as Error);
    signal?.addEventListener('abort', abort);
    sent.on('timeout', () => sent.destroy(new Error(`${url.host} was silent for ${SILENCE_MS / 1_000} s`)));
    sent.on('error', reject);
    sent.end(body);
    // Many requests may share a signal: each takes its listener away.
  }).finally(() => signal?.removeEventListener('abort', abort));
  if (status >= 200 && status < 300) return text ? JSON.parse(text) : undefined;
  let problem: MeilisearchErrorResponse | undefined;
  try {
    problem = JSON.parse(text) as MeilisearchErrorResponse;
  } catch {
    // A proxy's page rather than the server's answer: the status says enough.
  }
  throw new MeilisearchApiError(new Response(null, { status: status >= 200 && status <= 599 ? status : 502 }), problem);
}
