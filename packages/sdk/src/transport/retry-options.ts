import type { HttpError } from '../errors.js'
import { expectField, fieldsOf, isCount, isFunction } from './fields.js'

/** When and how often a request is repeated. A list replaces the default one. */
export interface RetryOptions {
  /** How many times at most. Default: 2. */
  limit?: number | undefined
  /** Default: the methods that do the same whether a request arrives once or twice, so neither POST nor PATCH. */
  methods?: readonly string[] | undefined
  /** Default: 408, 413, 429, 500, 502, 503, 504, 521, 522 and 524. */
  statusCodes?: readonly number[] | undefined
  /** Default: those of connections that are refused, broken or late, and of hosts that are not found. */
  errorCodes?: readonly string[] | undefined
  /**
   * The longest `Retry-After`, in milliseconds, that is waited for; when it asks for more, there is no retry.
   * Default: every one is followed by a retry, after 30000 at the latest.
   */
  maxRetryAfter?: number | undefined
  /** The longest wait, in milliseconds, where there is no `Retry-After`. Default: 30000. */
  backoffLimit?: number | undefined
  /** Decides in place of all the above: the milliseconds to wait; 0 is no retry. */
  calculateDelay?: ((attempt: RetryAttempt) => number | Promise<number>) | undefined
}

/** What `calculateDelay` gets to know. */
export interface RetryAttempt {
  /** 1 when the first attempt has failed. */
  attemptCount: number
  /** The options that hold, defaults included. */
  retryOptions: RetryOptions
  error: HttpError
  /** The milliseconds that the answer asked to wait. */
  retryAfter: number | undefined
  /** What would be waited; 0 is no retry. */
  computedValue: number
}

/** {@link RetryOptions} as they were understood. */
export interface RetryRules {
  readonly limit: number
  readonly methods: readonly string[]
  readonly statusCodes: readonly number[]
  readonly errorCodes: readonly string[]
  readonly maxRetryAfter?: number
  readonly backoffLimit: number
  readonly calculateDelay?: (attempt: RetryAttempt) => number | Promise<number>
}

/** Methods that do the same whether a request arrives once or twice. */
export const repeatableMethods: readonly string[] = ['GET', 'PUT', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE']

export const defaultRetry: RetryRules = {
  limit: 2,
  methods: repeatableMethods,
  statusCodes: [408, 413, 429, 500, 502, 503, 504, 521, 522, 524],
  errorCodes: [
    'ETIMEDOUT',
    'ECONNRESET',
    'EADDRINUSE',
    'ECONNREFUSED',
    'EPIPE',
    'ENOTFOUND',
    'ENETUNREACH',
    'EAI_AGAIN',
  ],
  backoffLimit: 30_000,
}

const isDuration = (value: unknown): value is number => typeof value === 'number' && value >= 0

const areTexts = (value: unknown): boolean => Array.isArray(value) && value.every((item) => typeof item === 'string')

const areNumbers = (value: unknown): boolean => Array.isArray(value) && value.every((item) => typeof item === 'number')

/** One check for each field there is. */
const checks: { readonly [Name in keyof RetryOptions]-?: [isRight: (value: unknown) => boolean, what: string] } = {
  limit: [isCount, 'a whole number, 0 or more'],
  methods: [areTexts, 'a list of methods'],
  statusCodes: [areNumbers, 'a list of numbers'],
  errorCodes: [areTexts, 'a list of codes'],
  maxRetryAfter: [isDuration, 'a number of milliseconds, 0 or more'],
  backoffLimit: [isDuration, 'a number of milliseconds, 0 or more'],
  calculateDelay: [isFunction, 'a function'],
}

/** Reads `httpOptions.retry`: a number is the limit. */
export function readRetry(value: unknown): { retry: RetryRules } {
  if (typeof value !== 'object') {
    const limit = expectField('retry', value, isCount, checks.limit[1])
    return { retry: { ...defaultRetry, ...(limit !== undefined && { limit }) } }
  }
  const names = Object.keys(checks) as (keyof RetryOptions)[]
  const given = fieldsOf('retry', value, names)
  for (const name of names) {
    const [isRight, what] = checks[name]
    expectField(`retry.${name}`, given[name], (content): content is unknown => isRight(content), what)
  }
  const rules = { ...defaultRetry, ...given } as RetryRules
  return { retry: { ...rules, methods: rules.methods.map((method) => method.toUpperCase()) } }
}
