import type { Case } from '../case.js'
import { type Reply, reply } from '../recorder.js'
import { noting, post, requesting } from './request.js'

interface Attempt {
  attemptCount: number
  computedValue: number
}

/** Repeats twice at most, at once, and notes after which attempt how many whole seconds would have been waited. */
const impatient =
  (options: object = {}) =>
  (note: (...what: unknown[]) => void): object => ({
    retry: {
      limit: 2,
      ...options,
      calculateDelay: ({ attemptCount, computedValue }: Attempt) => {
        note(attemptCount, Math.floor(computedValue / 1000))
        return computedValue && 1
      },
    },
  })

const statuses = [
  ...[400, 401, 403, 404, 405, 408, 409, 410, 413, 418, 422, 425, 429],
  ...[500, 501, 502, 503, 504, 505, 520, 521, 522, 523, 524, 525],
]

const later = (status: number, seconds: number): Reply => ({ status, headers: { 'retry-after': String(seconds) } })

export const retryCases: Case[] = [
  ...statuses.flatMap((status) => [
    noting(`a GET answered with ${status} is repeated, or not`, impatient(), { answer: { status } }),
    noting(`a POST answered with ${status} is not repeated`, impatient(), { answer: { status }, call: post }),
  ]),
  noting('a GET that succeeds when it is repeated', impatient(), {
    answer: (response, _, count) => reply(response, count === 1 ? { status: 503 } : { json: { object: 'user' } }),
  }),
  // Of a refused connection nothing can be compared: since Node 24 got 11 cannot repeat the request.
  noting('a server that is too late is asked again', (note) => ({ ...impatient()(note), timeout: 30 }), {
    answer: () => {},
  }),
  requesting('retry: 0', { retry: 0 }, { answer: { status: 503 } }),
  noting('methods that are repeated', impatient({ methods: ['POST'] }), { call: post, answer: { status: 503 } }),
  noting('methods that are not repeated', impatient({ methods: ['POST'] }), { answer: { status: 503 } }),
  noting('statuses that are repeated', impatient({ statusCodes: [418] }), { answer: { status: 418 } }),
  noting('statuses that are not repeated', impatient({ statusCodes: [418] }), { answer: { status: 503 } }),

  ...[413, 429, 503].map((status) => noting(`Retry-After with ${status}`, impatient(), { answer: later(status, 3) })),
  noting('Retry-After of more than maxRetryAfter', impatient({ maxRetryAfter: 1000 }), { answer: later(503, 3) }),
  ...[408, 500, 502, 504, 521, 522, 524].map((status) =>
    noting(`Retry-After with ${status}`, impatient(), {
      answer: later(status, 3),
      differs: { retryAfterStatus: { 'notes.1': [3, 1], 'notes.3': [3, 2] } },
    }),
  ),
  noting('Retry-After of a hundred seconds', impatient(), {
    answer: later(503, 100),
    differs: { retryAfter: { 'notes.1': [100, 30], 'notes.3': [100, 30] } },
  }),
]
