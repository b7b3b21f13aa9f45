import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Case, Differs } from '../case.js'
import { absent } from '../difference.js'
import { guardOf } from '../middleware.js'
import type { Reply } from '../recorder.js'
import { keySet, makeToken } from '../tokens.js'

const signedIn = { headers: { authorization: `Bearer ${makeToken()}` } }
const signedOut = { headers: {} }

type Mode = 'withSession' | 'requireSession'
type Handler = (req: { session?: unknown }, res: object, next?: unknown) => unknown

interface Row {
  what: string
  req?: { headers: object }
  options?: () => unknown[]
  handler?: Handler
  /** Those of the response. Default: those of Express. */
  methods?: readonly string[]
  /** The response counts as ended once this was called, as that of a framework does. */
  ending?: string
  interstitial?: Reply
  /** For how many milliseconds the handler is waited for. Default: until it settles. */
  patience?: number
  lax?: Differs
  strict?: Differs
}

class Status extends Error {
  constructor(
    message: string,
    readonly statusCode?: number,
    readonly data?: unknown,
  ) {
    super(message)
  }
}

/** A response that writes down what is done with it. Only the methods that are asked for are there. */
function response(methods: readonly string[], done: unknown[], ending: string): object {
  const target: Record<string, unknown> = {}
  for (const name of methods) {
    target[name] = (...given: unknown[]) => {
      done.push(given.length === 0 ? name : `${name} ${JSON.stringify(given[0])}`)
      if (name === ending) target['writableEnded'] = true
      return target
    }
  }
  return target
}

const wrapping = (mode: Mode, row: Row, differs: Differs = {}): Case => ({
  title: `${mode}: ${row.what}`,
  observe: async (subject, recorder) => {
    const { req = signedOut, options = () => [], handler = () => 'answered' } = row
    const { methods = ['json', 'end'], ending = 'end', interstitial, patience } = row
    const done: unknown[] = []
    const res = response(methods, done, ending)
    const asked: Handler = (request, ...others) => {
      done.push({ session: request.session ?? null })
      return handler(request, ...others)
    }
    const guard = guardOf(subject, recorder, { keys: keySet, ...(interstitial && { interstitial }) })
    const wrapped = guard[mode](asked, ...options()) as unknown as (...given: unknown[]) => Promise<unknown>
    const settled = wrapped({ ...req }, res, 'next').then(
      (value) => ({ value }),
      (error: Error) => ({ error: error.message }),
    )
    const never = patience === undefined ? [] : [sleep(patience, { never: true })]
    const outcome = await Promise.race([settled, ...never])
    return { outcome, done, statusCode: Reflect.get(res, 'statusCode') }
  },
  differs,
})

const closed = (as: keyof Differs): Differs => ({
  [as]: {
    'outcome.value': ['answered', undefined],
    'done.0': [{ session: null }, 'json {"error":"Unauthenticated"}'],
    'done.1': [absent, 'end'],
    statusCode: [undefined, 401],
  },
})

const rows: readonly Row[] = [
  { what: 'somebody who is signed in', req: signedIn },
  { what: 'somebody who is signed out' },
  { what: 'a handler that is async', req: signedIn, handler: async () => 'later' },
  { what: 'what the handler is given', req: signedIn, handler: (...given) => given.slice(2) },
  {
    what: 'an Error from onError without a status',
    options: () => [{ onError: () => new Status('no') }],
  },
  { what: 'an Error from onError with a status', options: () => [{ onError: () => new Status('no', 418) }] },
  {
    what: 'an Error from onError with a status and data',
    options: () => [{ onError: async () => new Status('no', 403, { why: 'because' }) }],
  },
  {
    what: 'an Error from onError with data',
    options: () => [{ onError: () => new Status('no', undefined, [{ why: 'because' }]) }],
  },
  { what: 'send in place of json', methods: ['send', 'end'] },
  { what: 'json and send', methods: ['json', 'send', 'end'] },
  { what: 'a handler that rejects', req: signedIn, handler: () => Promise.reject(new Error('later')) },
  { what: '{}', options: () => [{}], strict: closed('strictWithoutOnError') },
  { what: '{ onError: undefined }', options: () => [{ onError: undefined }], strict: closed('strictWithoutOnError') },
  {
    what: 'onError that returns nothing',
    options: () => [{ onError: () => {} }],
    strict: closed('strictOnErrorNothing'),
  },
  ...['open', true].map((value) => ({
    what: `onError that returns ${JSON.stringify(value)}`,
    options: () => [{ onError: () => value }],
    strict: closed('wrapperOnErrorOther'),
  })),
  {
    what: 'a response of node:http',
    methods: ['setHeader', 'end'],
    options: () => [{ onError: () => new Status('no', 418) }],
    lax: plain(),
    strict: plain(),
  },
  {
    what: 'a response that json has ended',
    ending: 'json',
    options: () => [{ onError: () => new Status('no', 418) }],
    lax: { endedTwice: { 'done.1': ['end', absent] } },
    strict: { endedTwice: { 'done.1': ['end', absent] } },
  },
  {
    what: 'somebody who is shown the page between',
    req: { headers: { cookie: '__client_uat=1' } },
    methods: ['setHeader', 'writeHead', 'write', 'end'],
    patience: 1000,
    lax: shown(),
    strict: shown(),
  },
  {
    what: 'an error of the API that is text',
    req: { headers: { cookie: '__client_uat=1' } },
    interstitial: { status: 403, text: 'key test_secret' },
    options: () => [{ onError: (error: Error) => error }],
    lax: notTold(),
    strict: notTold(),
  },
  {
    what: 'a handler that throws',
    req: signedIn,
    handler: () => {
      throw new Status('broken', 500)
    },
    lax: thrownOn(),
    strict: thrownOn(),
  },
]

/** 2.6.3 takes the failure of a handler for that of somebody who is signed out. */
function thrownOn(): Differs {
  return {
    handlerThrows: {
      'outcome.value': [undefined, absent],
      'outcome.error': [absent, 'broken'],
      'done.1': ['json {"error":"broken"}', absent],
      'done.2': ['end', absent],
      statusCode: [500, undefined],
    },
  }
}

function plain(): Differs {
  return {
    plainResponse: {
      'outcome.error': [expect.stringContaining('not a function'), absent],
      'outcome.value': [absent, undefined],
      'done.0': [absent, 'setHeader "Content-Type"'],
      'done.1': [absent, 'end "{\\"error\\":\\"no\\"}"'],
    },
  }
}

function shown(): Differs {
  return {
    settledPage: {
      'outcome.never': [true, absent],
      'outcome.value': [absent, undefined],
      'done.1': ['write "<html>one moment</html>"', 'end "<html>one moment</html>"'],
      'done.2': ['end', absent],
    },
  }
}

/** What the API answered may be anything. */
function notTold(): Differs {
  return { toldErrors: { 'done.0': ['json "key test_secret"', 'json {"error":"Response code 403 (Forbidden)"}'] } }
}

export const wrapperCases: Case[] = [
  ...rows.map((row) => wrapping('withSession', row, row.lax)),
  ...rows.map((row) => wrapping('requireSession', row, row.strict)),
]
