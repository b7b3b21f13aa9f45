// A program that uses the package which is named first, in the way that is named second, and prints what it sees.
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const [name = '', scenario = ''] = process.argv.slice(2)

/** @param {() => unknown} run */
async function outcomeOf(run) {
  try {
    return { value: await run() }
  } catch (error) {
    const { name, message, code } = /** @type {NodeJS.ErrnoException} */ (error)
    // Some errors of Node name files.
    return { error: { name, message: code ? undefined : message, code } }
  }
}

/** @type {Record<string, () => unknown>} */
const scenarios = {
  'require and call': () => outcomeOf(() => require(name).users.getUserList()),

  'require, change everything by the functions, and call': () => {
    const sdk = require(name)
    sdk.setClerkApiKey('test_set')
    sdk.setClerkApiVersion('v3')
    sdk.setClerkHttpOptions({ headers: { 'x-unicorn': 'rainbow' } })
    sdk.setClerkServerApiUrl(process.env['OTHER_URL'])
    return outcomeOf(() => sdk.sessions.getSessionList())
  },

  'new Clerk with options': () => {
    const { default: Clerk } = require(`${name}/instance`)
    return outcomeOf(() => new Clerk({ apiKey: 'test_option', apiVersion: 'v5' }).users.getUserList())
  },

  'new Clerk without options': () => {
    const { default: Clerk } = require(`${name}/instance`)
    return outcomeOf(() => new Clerk().users.getUserList())
  },

  require: () => outcomeOf(() => typeof require(name).default.users.getUserList),

  'the environment comes after the import': () => {
    const { default: Clerk } = require(`${name}/instance`)
    Object.assign(process.env, { CLERK_API_KEY: 'test_late', CLERK_API_VERSION: 'v6' })
    return outcomeOf(() => new Clerk().users.getUserList())
  },

  'what require gives': () => {
    const sdk = require(name)
    const { default: clerk } = sdk
    const apis = ['allowlistIdentifiers', 'clients', 'emails', 'invitations', 'sessions', 'smsMessages', 'users']
    return {
      kinds: Object.fromEntries(process.env['NAMES']?.split(',').map((key) => [key, typeof sdk[key]]) ?? []),
      esModule: sdk.__esModule,
      sameApis: apis.map((api) => sdk[api] === clerk[api]),
      isTheOne: clerk === require(`${name}/instance`).default.getInstance(),
      isInstance: clerk instanceof require(`${name}/instance`).default,
      sameClasses: sdk.User === require(`${name}/instance`).User,
    }
  },

  'what import gives': async () => {
    const { default: clerk, ...names } = await import(name)
    return {
      names: process.env['NAMES']?.split(',').filter((key) => !(key in names)),
      methods: typeof clerk.expressWithSession,
      apis: typeof clerk.users,
    }
  },

  'import of instance': () => outcomeOf(async () => typeof (await import(`${name}/instance`)).default),
}

process.stdout.write(JSON.stringify(await scenarios[scenario]?.()))
