import { createHash, randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, Buffer>(scrypt);
const CODE_DIGITS = 6;
const HASH_BYTES = 32;

/** A token nobody can guess: 256 random bits. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Enough for a token, which is too random to be found by trying. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** A code that people can type. */
export function newCode(): string {
  return randomInt(10 ** CODE_DIGITS)
    .toString()
    .padStart(CODE_DIGITS, '0');
}

/** Slow on purpose: whoever reads the database must not find a short code before it expires. */
export function hashCode(code: string, salt: string): Promise<Buffer> {
  return derive(code, Buffer.from(salt), HASH_BYTES);
}

export function sameHash(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
