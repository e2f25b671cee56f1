import { refuse } from './errors.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** An id that says of itself what it names, so that `node(id:)` needs no other hint. */
export function globalId(type: string, uuid: string): string {
  return Buffer.from(`${type}:${uuid}`).toString('base64url');
}

/** @throws {Refusal} ID_INVALID when no answer of this service can have given it. */
export function parseGlobalId(id: string, field = 'id'): { type: string; uuid: string } {
  const [type = '', uuid = ''] = Buffer.from(id, 'base64url').toString('latin1').split(':');
  if (!isUuid(uuid) || globalId(type, uuid) !== id) refuse('ID_INVALID', field);
  return { type, uuid };
}
