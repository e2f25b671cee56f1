import { applyDecorators, Injectable, type PipeTransform, ValidationPipe } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayNotEmpty, ArrayUnique, IsNotEmpty, IsOptional, IsUrl, MaxLength, type ValidationError } from 'class-validator';
import { type Problem, Refusal } from './errors.js';
import type { Code } from './messages.js';

/** A line or more of text, trimmed. Optional text that is blank becomes null. */
export function Text({ max, optional = false }: { max: number; optional?: boolean }) {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() || (optional ? null : '') : value)),
    ...(optional ? [IsOptional()] : [problem(IsNotEmpty, 'REQUIRED')]),
    MaxLength(max, { context: { code: 'TOO_LONG', values: { max } } }),
  );
}

/** A list of `max` items at the most; each counts once. */
export function Items({ max, optional = false }: { max: number; optional?: boolean }) {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? [...new Set<unknown>(value)] : value)),
    ...(optional ? [IsOptional()] : [problem(ArrayNotEmpty, 'REQUIRED')]),
    ArrayUnique(),
    ArrayMaxSize(max, { context: { code: 'TOO_MANY', values: { max } } }),
  );
}

/** The address of a page on the web: http and https only. */
export function WebAddress() {
  return applyDecorators(
    IsUrl({ protocols: ['http', 'https'], require_protocol: true }, { context: { code: 'URL_INVALID' } }),
    MaxLength(2_000, { context: { code: 'TOO_LONG', values: { max: 2_000 } } }),
  );
}

function problem(decorator: (options: { context: object }) => PropertyDecorator, code: Code): PropertyDecorator {
  return decorator({ context: { code } });
}

/** class-validator's findings as problems, one a field, named by their path below `at`. */
export function problemsOf(errors: readonly ValidationError[], at: string): Problem[] {
  return errors.flatMap(({ property, contexts, constraints, children }) => {
    const field = at ? `${at}.${property}` : property;
    if (children?.length) return problemsOf(children, field);
    const contextsFound = Object.values(contexts ?? {}) as { code: Code; values?: Problem['values'] }[];
    // The last decorator is checked first; an empty field is only said to be empty.
    const found = contextsFound.find(({ code }) => code === 'REQUIRED') ?? contextsFound[0];
    if (found) return [{ code: found.code, field, values: found.values ?? {} }];
    return [{ code: 'VALUE_UNKNOWN', field, values: { takes: Object.values(constraints ?? {}).join('; ') } }];
  });
}

/** Checks every input object against its class. */
export const inputPipe = new ValidationPipe({
  transform: true,
  stopAtFirstError: false,
  exceptionFactory: (errors) => new Refusal(problemsOf(errors, 'input')),
});

/** Where the first character is that PostgreSQL cannot store; null when all text is well-formed. */
export function illFormedAt(value: unknown, at: string): string | null {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? at : null;
  if (typeof value !== 'object' || value === null || value instanceof Date) return null;
  for (const [key, item] of Object.entries(value)) {
    const found = illFormedAt(item, at ? `${at}.${key}` : key);
    if (found !== null) return found;
  }
  return null;
}

/** Refuses text that could not be stored, in any argument, before anything else looks at it. */
@Injectable()
export class WellFormedTextPipe implements PipeTransform {
  transform(value: unknown, { type, data }: { type: string; data?: string }): unknown {
    if (type !== 'body') return value;
    const field = illFormedAt(value, data ?? '');
    if (field !== null) throw new Refusal([{ code: 'CHARACTER_INVALID', field, values: {} }]);
    return value;
  }
}
