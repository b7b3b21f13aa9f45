import { expect } from 'vitest'
import type { Case, Differs } from '../case.js'
import { absent } from '../difference.js'
import { type Guard, guardOf, visit } from '../middleware.js'
import type { Reply } from '../recorder.js'

const crash = { failed: 'TypeError', error: expect.stringContaining('forEach is not a function') }

/** Of somebody who is to be shown the page: signed in once, but without a session now. */
const cookie = '__client_uat=1'
const headers = { cookie }

/** Somebody who is to be shown the page between, which the API does not give. */
const failing = (what: string, interstitial: Reply, lax: Differs, strict: Differs): Case[] =>
  (['expressWithSession', 'expressRequireSession'] as const).map((mode) => ({
    title: `${mode}, where the page between is ${what}`,
    observe: async (subject, recorder) => {
      const { body, status } = (await visit(subject, recorder, {
        guard: (clerk: Guard) => clerk[mode](),
        headers,
        interstitial,
      })) as { status: number; body: object }
      // In one piece, because one is of the application and the other of its error handler.
      return { status, body: 'failed' in body ? body : 'signed out' }
    },
    differs: mode === 'expressWithSession' ? lax : strict,
  }))

export const interstitialCases: Case[] = [
  ...failing('an error without a body', { status: 500 }, {}, { errorName: { 'body.failed': ['Error', 'HttpError'] } }),
  ...failing(
    'an error with a text',
    { status: 500, text: 'no' },
    { interstitialFailure: { status: [500, 200], body: [crash, 'signed out'] } },
    { interstitialFailure: { 'body.failed': ['TypeError', 'HttpError'], 'body.error': [crash.error, 'no'] } },
  ),
  ...failing(
    'refused in JSON',
    { status: 401, json: { errors: [{ message: 'a', long_message: 'b', code: 'c' }] } },
    { interstitialFailure: { status: [500, 200], body: [crash, 'signed out'] } },
    {
      interstitialFailure: {
        status: [500, 401],
        'body.failed': ['TypeError', 'HttpError'],
        'body.error': [crash.error, expect.anything()],
      },
    },
  ),
  {
    title: 'the page between, and caches',
    observe: async (subject, recorder) => {
      const headers = await headersOf(guardOf(subject, recorder, {}))
      return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
    },
    like: { 'content-type': 'text/html' },
    differs: { interstitialCache: { 'cache-control': [absent, 'no-store'] } },
  },
  {
    title: 'the page between, for several at the same moment',
    observe: async (subject, recorder) => {
      const guard = guardOf(subject, recorder, {})
      await Promise.all([headersOf(guard), headersOf(guard), headersOf(guard)])
      return { asked: recorder.sent().length }
    },
    like: { asked: 3 },
    differs: { interstitialOnce: { asked: [3, 1] } },
  },
  {
    title: 'interstitial: false',
    observe: async (subject, recorder) => {
      const guard = (clerk: Guard) => clerk.expressWithSession({ interstitial: false })
      const { status } = (await visit(subject, recorder, { guard, headers })) as { status: number }
      return { status }
    },
    like: { status: 401 },
    differs: { interstitialOption: { status: [401, 200] } },
  },
]

/** The headers of the page that somebody is shown. */
async function headersOf(guard: Guard): Promise<Record<string, unknown>> {
  const headers: Record<string, unknown> = {}
  const res = {
    setHeader: (name: string, value: unknown) => Object.assign(headers, { [name]: value }),
    writeHead: (_: number, more?: object) => Object.assign(headers, more),
    write: () => true,
    end: () => {},
  }
  await guard.expressWithSession()({ headers: { cookie } } as never, res as never, () => {})
  return headers
}
