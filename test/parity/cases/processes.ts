import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'vitest'
import type { Case, Differs } from '../case.js'
import { absent } from '../difference.js'
import { original } from '../subjects.js'
import { resources } from './classes.js'

const program = fileURLToPath(new URL('../scenario.mjs', import.meta.url))

/** The values that 2.6.3 exports. */
const names = [
  ...['allowlistIdentifiers', 'clients', 'emails', 'invitations', 'sessions', 'smsMessages', 'users'],
  ...resources,
  ...['ClerkExpressWithSession', 'ClerkExpressRequireSession', 'withSession', 'requireSession'],
  ...['HttpError', 'ClerkServerError', 'Logger'],
  ...['setClerkApiKey', 'setClerkServerApiUrl', 'setClerkApiVersion', 'setClerkHttpOptions'],
]

type Environment = Readonly<Record<string, string>>

/** A process of its own, because 2.6.3 reads the environment when it is loaded. `URL` stands for the recorder's. */
const running = (title: string, scenario: string, environment: Environment, differs: Differs = {}): Case => ({
  title: `a program: ${title}`,
  observe: async (subject, recorder) => {
    recorder.answerWith({ json: [] })
    const name = subject === original ? 'clerk-sdk-node-2.6.3' : '@clerk/clerk-sdk-node'
    const given = Object.entries(environment).map(([key, value]) => [key, value.replace('URL', recorder.url)])
    const { PATH = '' } = process.env
    const env = { PATH, NAMES: names.join(), ...Object.fromEntries(given) }
    const { stdout } = await promisify(execFile)(process.execPath, [program, name, scenario], { env })
    const asked = recorder.sent().map(({ path, headers }) => ({
      path,
      key: headers.authorization,
      unicorn: headers['x-unicorn'] ?? null,
    }))
    return { saw: JSON.parse(stdout) as unknown, asked }
  },
  differs,
})

const key = { CLERK_API_KEY: 'test_env', CLERK_API_URL: 'URL' }
const anything = expect.anything()
const called = (outcome: unknown) =>
  ({ 'saw.error': [anything, absent], 'saw.value': [absent, []], 'asked.0': [absent, outcome] }) as const

export const processCases: Case[] = [
  running('the key and the address from the environment', 'require and call', key),
  running('everything from the environment', 'require and call', { ...key, CLERK_API_VERSION: 'v4' }),
  running('an empty variable is none', 'require and call', { ...key, CLERK_API_VERSION: '' }),
  running('functions change the one instance', 'require, change everything by the functions, and call', {
    CLERK_API_KEY: 'test_env',
    CLERK_API_URL: 'http://127.0.0.1:1',
    OTHER_URL: 'URL',
  }),
  running('options go before the environment', 'new Clerk with options', { ...key, CLERK_API_VERSION: 'v4' }),
  running('a new Clerk without options takes the environment', 'new Clerk without options', key),
  running('what there is, by require', 'what require gives', key),
  running('what there is, by import', 'what import gives', key, {
    esModule: { 'saw.methods': ['undefined', 'function'] },
  }),
  running(
    'no key, and require',
    'require',
    {},
    {
      importWithoutKey: { 'saw.error': [anything, absent], 'saw.value': [absent, 'function'] },
    },
  ),
  running(
    'no key, and a new Clerk',
    'new Clerk without options',
    {},
    {
      missingKeyMessage: { 'saw.error.message': [anything, anything] },
    },
  ),
  running(
    'an empty key, and a new Clerk',
    'new Clerk without options',
    { CLERK_API_KEY: '' },
    {
      missingKeyMessage: { 'saw.error.message': [anything, anything] },
    },
  ),
  running(
    'the key comes after the import',
    'the environment comes after the import',
    { CLERK_API_URL: 'URL' },
    {
      environment: called({ path: '/v6/users', key: 'Bearer test_late', unicorn: null }),
    },
  ),
  running(
    'the key by its new name',
    'new Clerk without options',
    { CLERK_API_URL: 'URL', CLERK_SECRET_KEY: 'sk_env' },
    {
      secretKey: called({ path: '/v1/users', key: 'Bearer sk_env', unicorn: null }),
    },
  ),
  running(
    'import of instance',
    'import of instance',
    {},
    {
      instanceEntry: {
        'saw.error': [expect.objectContaining({ code: 'ERR_MODULE_NOT_FOUND' }), absent],
        'saw.value': [absent, 'function'],
      },
    },
  ),
]
