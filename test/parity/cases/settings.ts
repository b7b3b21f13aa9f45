import { expect } from 'vitest'
import type { Case, Differs } from '../case.js'
import { absent } from '../difference.js'
import { outcomeOf } from '../observation.js'
import type { Recorder } from '../recorder.js'
import type { Instance, Subject } from '../subjects.js'
import { operations } from './operations.js'

type Make = (subject: Subject, url: string) => Instance

/** The subject's class, to be called in any way. */
const classOf = (subject: Subject): (new (...given: unknown[]) => Instance) => subject.Clerk as never

/** Where the next call goes, and with what, after something was done to the instance. */
const asking = (title: string, make: Make, differs: Differs = {}): Case => ({
  title,
  observe: async (subject, recorder) => {
    recorder.answerWith({ json: [] })
    const outcome = await outcomeOf(subject, async () => make(subject, recorder.url)['users']?.['getUserList']?.())
    return { outcome, asked: askedOf(recorder) }
  },
  differs,
})

const askedOf = (recorder: Recorder): unknown[] =>
  recorder.sent().map(({ path, headers }) => ({
    path,
    key: headers.authorization,
    unicorn: headers['x-unicorn'] ?? null,
  }))

const now = { 'asked.0': [absent, expect.anything()], 'outcome.value': [absent, []] } as const

/** Ends every request before it is sent, with its URL as the message. */
const nowhere = {
  retry: 0,
  hooks: {
    beforeRequest: [
      ({ url }: { url: URL }) => {
        throw new Error(url.origin)
      },
    ],
  },
}

const missingKey = expect.stringMatching(/^\nClerk API key not found during initialization\.\n.+\n {4}$/)

const missing = (what: string, ...given: unknown[]): Case =>
  asking(`a new Clerk with ${what}`, (subject) => new (classOf(subject))(...given), {
    missingKeyMessage: { 'outcome.error.message': [missingKey, missingKey] },
  })

const set =
  (values: object): Make =>
  (subject, url) => {
    const clerk = new subject.Clerk({ apiKey: 'test_key', serverApiUrl: url })
    const { users } = clerk
    Object.assign(clerk, values)
    return { users } as Instance
  }

const apis = ['allowlistIdentifiers', 'clients', 'emails', 'invitations', 'sessions', 'smsMessages', 'users']

export const settingCases: Case[] = [
  asking('the options of the constructor', (subject, url) => {
    const httpOptions = { headers: { 'x-unicorn': 'rainbow' } }
    return new subject.Clerk({ apiKey: 'test_key', serverApiUrl: url, apiVersion: 'v9', httpOptions })
  }),
  ...[undefined, null].map((httpOptions) =>
    asking(
      `httpOptions that are ${httpOptions}`,
      (subject, url) => new subject.Clerk({ apiKey: 'k', serverApiUrl: url, httpOptions }),
    ),
  ),
  missing('nothing'),
  missing('undefined', undefined),
  missing('{}', {}),
  missing('an empty key', { apiKey: '' }),
  missing('a key of null', { apiKey: null }),
  asking(
    'a new Clerk with the key as its first argument, as the documentation has it',
    (subject, url) => new (classOf(subject))('test_key', { serverApiUrl: url }),
    { keyFirst: { ...now, 'outcome.error': [{ '(class)': 'Error', message: missingKey }, absent] } },
  ),
  asking(
    'serverApiURL, as the documentation spells it',
    (subject, url) => new subject.Clerk({ apiKey: 'test_key', serverApiURL: url, httpOptions: nowhere }),
    {
      serverApiURL: {
        'outcome.error.message': ['https://api.clerk.dev', expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/)],
      },
    },
  ),
  asking('the default address', (subject) => new subject.Clerk({ apiKey: 'test_key', httpOptions: nowhere })),
  asking(
    'serverApiUrl and serverApiURL',
    (subject, url) => new subject.Clerk({ apiKey: 'k', serverApiUrl: url, serverApiURL: 'http://127.0.0.1:1' }),
  ),

  asking('apiKey set later, for a handle taken before', set({ apiKey: 'test_other' })),
  asking('apiVersion set later', set({ apiVersion: 'v2' })),
  asking('httpOptions set later', set({ httpOptions: { headers: { 'x-unicorn': 'hill' }, retry: 0 } })),
  asking('serverApiUrl set later', set({ serverApiUrl: 'http://127.0.0.1:1', httpOptions: { retry: 0 } })),
  asking('serverApiURL set later', set({ serverApiURL: 'http://127.0.0.1:1', httpOptions: { retry: 0 } }), {
    serverApiURL: {
      'asked.0': [expect.anything(), absent],
      'outcome.value': [[], absent],
      'outcome.error': [absent, expect.objectContaining({ message: expect.stringContaining('ECONNREFUSED') })],
    },
  }),
  {
    title: 'settings that are read',
    observe: async (subject) => {
      const clerk = new subject.Clerk({ apiKey: 'test_key', serverApiUrl: 'http://a', apiVersion: 'v2' })
      const { apiKey, serverApiUrl, apiVersion, httpOptions } = clerk
      return { apiKey, serverApiUrl, apiVersion, httpOptions }
    },
    differs: {
      setters: {
        apiKey: [undefined, 'test_key'],
        serverApiUrl: [undefined, 'http://a'],
        apiVersion: [undefined, 'v2'],
        httpOptions: [undefined, {}],
      },
    },
  },
  {
    title: 'two instances do not share their settings',
    observe: async (subject, recorder) => {
      recorder.answerWith({ json: [] })
      const options = { serverApiUrl: recorder.url }
      const first = new subject.Clerk({ ...options, apiKey: 'test_first' })
      const second = new subject.Clerk({ ...options, apiKey: 'test_second' })
      Object.assign(first, { apiKey: 'test_third' })
      await first['users']?.['getUserList']?.()
      await second['users']?.['getUserList']?.()
      return askedOf(recorder)
    },
  },
  {
    title: 'every sub-API is there once for each instance',
    observe: async (subject) => {
      const [clerk, other] = ['a', 'b'].map((apiKey) => new subject.Clerk({ apiKey }))
      const take = (): unknown[] => apis.map((name) => clerk?.[name])
      const [first, second] = [take(), take()]
      return apis.map((name, index) => ({
        kind: typeof first[index],
        same: first[index] === second[index],
        shared: first[index] === other?.[name],
      }))
    },
  },
  {
    title: 'every operation is there',
    observe: async (subject) => {
      const clerk = new subject.Clerk({ apiKey: 'k' })
      const kinds = Object.keys(operations).map((operation) => {
        const [api = '', method = ''] = operation.split('.')
        return [operation, typeof clerk[api]?.[method]]
      })
      return Object.fromEntries(kinds)
    },
  },
]
