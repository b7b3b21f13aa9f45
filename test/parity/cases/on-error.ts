import { expect } from 'vitest'
import type { Case, Differs } from '../case.js'
import { absent } from '../difference.js'
import { guardOf } from '../middleware.js'

type Mode = 'expressWithSession' | 'expressRequireSession'

interface Row {
  what: string
  options: () => unknown[]
  req?: object
  lax?: Differs
  strict?: Differs
}

/** What `next` is given, or what the middleware throws, for somebody who is not signed in. */
const refusing = (mode: Mode, { what, options, req = { headers: {} } }: Row, differs: Differs = {}): Case => ({
  title: `${mode} of somebody signed out, with ${what}`,
  observe: async (subject, recorder) => {
    const calls: unknown[][] = []
    const next = (...given: unknown[]): void => void calls.push(given.map(shown))
    const outcome = await outcomeOf(() => guardOf(subject, recorder, {})[mode](...(options() as [])), { ...req }, next)
    return { outcome, calls }
  },
  differs,
})

/** Whether the middleware can be made, and whether it settles. */
async function outcomeOf(make: () => unknown, req: object, next: () => void): Promise<unknown> {
  let guard: (...given: unknown[]) => Promise<void>
  try {
    guard = make() as typeof guard
  } catch (error) {
    return { thrown: shown(error) }
  }
  return guard(req, {}, next).then(
    () => 'settled',
    (error: unknown) => ({ rejected: shown(error) }),
  )
}

/** An error by its message and status. */
function shown(value: unknown): unknown {
  if (!(value instanceof Error)) return value
  const { name, message, statusCode } = value as Error & { statusCode?: number }
  return { error: `${name}: ${message}`, statusCode }
}

class Teapot extends Error {
  statusCode = 418
}

const unauthenticated = { error: 'Error: Unauthenticated', statusCode: 401 }

/** The error was there before, but nobody knew its status. */
const status: Differs = { strictStatus: { 'calls.0.0.statusCode': [undefined, 401] } }
const closed = (as: keyof Differs): Differs => ({ [as]: { 'calls.0.0': [absent, unauthenticated] } })
const caught = (error: unknown): Differs => ({
  onErrorThrows: { outcome: [{ rejected: error }, 'settled'], 'calls.0': [absent, [error]] },
})
const notPassed = (as: keyof Differs, value: unknown): Differs => ({ [as]: { 'calls.0.0': [value, absent] } })

const thrown = new Teapot('thrown')
const teapot = { error: 'Error: thrown', statusCode: 418 }

const rows: readonly Row[] = [
  { what: 'no options', options: () => [], strict: status },
  { what: 'undefined', options: () => [undefined], strict: status },
  { what: '{}', options: () => [{}], strict: closed('strictWithoutOnError') },
  { what: '{ onError: undefined }', options: () => [{ onError: undefined }], strict: closed('strictWithoutOnError') },
  { what: '{ onError: null }', options: () => [{ onError: null }], strict: closed('strictWithoutOnError') },
  { what: 'onError that returns an Error', options: () => [{ onError: () => new Teapot('tea') }] },
  { what: 'onError that resolves to an Error', options: () => [{ onError: async () => new Teapot('tea') }] },
  {
    what: 'onError that returns the Error it was given',
    options: () => [{ onError: (error: Error) => error }],
    lax: status,
    strict: status,
  },
  {
    what: 'onError that returns nothing',
    options: () => [{ onError: () => {} }],
    strict: closed('strictOnErrorNothing'),
  },
  {
    what: 'onError that resolves to nothing',
    options: () => [{ onError: async () => {} }],
    strict: closed('strictOnErrorNothing'),
  },
  ...['', 0, false, null].map((value) => ({
    what: `onError that returns ${JSON.stringify(value)}`,
    options: () => [{ onError: () => value }],
  })),
  ...['route', 1, true, { a: 1 }].map((value) => ({
    what: `onError that returns ${JSON.stringify(value)}`,
    options: () => [{ onError: () => value }],
    lax: notPassed('laxOnErrorOther', value),
    strict: notPassed('strictOnErrorOther', value),
  })),
  {
    what: 'onError that throws',
    options: () => [
      {
        onError: () => {
          throw thrown
        },
      },
    ],
    lax: caught(teapot),
    strict: caught(teapot),
  },
  {
    what: 'onError that rejects',
    options: () => [{ onError: () => Promise.reject(thrown) }],
    lax: caught(teapot),
    strict: caught(teapot),
  },
]

/** What nobody sends over HTTP, but tests do, and HTTP/2 may. */
const odd: readonly [row: Row, as: keyof Differs][] = [
  [{ what: 'a request without headers', options: () => [], req: {} }, 'noHeaders'],
  [{ what: 'an Origin and no Host', options: () => [], req: { headers: { origin: 'https://a.com' } } }, 'noHost'],
]

const nowUnauthenticated = (as: keyof Differs): Differs => ({
  [as]: {
    'calls.0.0.error': [expect.stringMatching(/^TypeError: /), unauthenticated.error],
    'calls.0.0.statusCode': [undefined, 401],
  },
})

/** Options that 2.6.3 fails on, in another way each. */
const noOptions: readonly Row[] = [
  {
    what: 'null as options',
    options: () => [null],
    lax: { noFunction: { outcome: [{ thrown: expect.any(Object) }, 'settled'], 'calls.0': [absent, []] } },
    strict: {
      noFunction: { outcome: [{ thrown: expect.any(Object) }, 'settled'], 'calls.0': [absent, [unauthenticated]] },
    },
  },
  {
    what: 'onError that is a text',
    options: () => [{ onError: 'log' }],
    lax: { noFunction: { outcome: [{ rejected: expect.any(Object) }, 'settled'], 'calls.0': [absent, []] } },
    strict: {
      noFunction: { outcome: [{ rejected: expect.any(Object) }, 'settled'], 'calls.0': [absent, [unauthenticated]] },
    },
  },
]

export const onErrorCases: Case[] = [
  ...[...rows, ...noOptions].map((row) => refusing('expressWithSession', row, row.lax)),
  ...[...rows, ...noOptions].map((row) => refusing('expressRequireSession', row, row.strict)),
  ...odd.map(([row]) => refusing('expressWithSession', row)),
  ...odd.map(([row, as]) => refusing('expressRequireSession', row, nowUnauthenticated(as))),
]
