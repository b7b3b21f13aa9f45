import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

// These tests are of the built package, as another program sees it: by its name, in a process of its own.

const root = join(import.meta.dirname, '..')
const name = '@clerk/clerk-sdk-node'

/** What a program prints, as JSON. It has no variable of the SDK's in its environment. */
function run(type: 'module' | 'commonjs', program: string): unknown {
  const { PATH = '' } = process.env
  const output = execFileSync(process.execPath, [`--input-type=${type}`, '--eval', program], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH },
  })
  return JSON.parse(output)
}

const classes = [
  'AllowlistIdentifier',
  'BlocklistIdentifier',
  'Clerk',
  'ClerkServerError',
  'Client',
  'ConnectionError',
  'Email',
  'EmailAddress',
  'ExternalAccount',
  'HttpError',
  'IdentificationLink',
  'Invitation',
  'Logger',
  'ParseError',
  'PhoneNumber',
  'RateLimitError',
  'SMSMessage',
  'Session',
  'SignInToken',
  'TestingToken',
  'TimeoutError',
  'Token',
  'User',
  'Verification',
  'WebhookError',
]

const ofSingleton = [
  'ClerkExpressRequireAuth',
  'ClerkExpressRequireSession',
  'ClerkExpressWithAuth',
  'ClerkExpressWithSession',
  'ClerkRequireSession',
  'ClerkWithSession',
  'allowlistIdentifiers',
  'blocklistIdentifiers',
  'clients',
  'createAllowlistIdentifier',
  'deleteAllowlistIdentifier',
  'emailAddresses',
  'emails',
  'getAllowlistIdentifierList',
  'invitations',
  'jwks',
  'phoneNumbers',
  'requireAuth',
  'requireSession',
  'sessions',
  'setClerkApiKey',
  'setClerkApiVersion',
  'setClerkHttpOptions',
  'setClerkServerApiUrl',
  'signInTokens',
  'smsMessages',
  'testingTokens',
  'users',
  'withAuth',
  'withSession',
]

const spellings = ['instance', 'instance.js', 'esm/instance', 'cjs/instance', 'dist/instance']

describe('the package', () => {
  test.each([
    ['module', `import * as sdk from '${name}'; console.log(JSON.stringify(Object.keys(sdk).sort()))`],
    ['commonjs', `console.log(JSON.stringify(Object.keys(require('${name}')).sort()))`],
  ] as const)('exports these names to a %s', (type, program) => {
    expect(run(type, program)).toEqual([...classes, ...ofSingleton, 'default', 'verifyWebhook'].sort())
  })

  test('has one instance and one set of classes in a process, however it is loaded', () => {
    const program = `
      import clerk, { Clerk, users, User, HttpError } from '${name}'
      import Instance, { User as InstanceUser } from '${name}/instance'
      import { createRequire } from 'node:module'
      const require = createRequire(process.cwd() + '/')
      const cjs = require('${name}')
      console.log(JSON.stringify([
        clerk instanceof Clerk, clerk === Clerk.getInstance(), clerk === cjs.default, users === clerk.users, users === cjs.users,
        Clerk === Instance, Clerk === cjs.Clerk, User === InstanceUser, User === cjs.User, HttpError === cjs.HttpError,
        require('${name}/instance').default === Instance, cjs.__esModule,
        clerk.default === clerk, clerk.setClerkApiKey === cjs.setClerkApiKey,
      ]))`
    expect(run('module', program)).toEqual(Array(14).fill(true))
  })

  test('finds the class under each spelling of /instance, without making the one instance', () => {
    const imports = spellings.map((path) => `(await import('${name}/${path}')).default`)
    const requires = spellings.map((path) => `require('${name}/${path}').default`)
    const files = ['instance.js', 'esm/instance.js', 'cjs/instance.js'].map(
      (path) => `require('${root}/${path}').default`,
    )
    const program = `
      import { createRequire } from 'node:module'
      const require = createRequire(process.cwd() + '/')
      const found = [${[...imports, ...requires, ...files].join(', ')}]
      console.log(JSON.stringify([found.length, new Set(found).size, typeof found[0], found[0]._instance === undefined]))`
    expect(run('module', program)).toEqual([13, 1, 'function', true])
  })

  test('lets a program end while a connection is kept', () => {
    const program = `
      const { createServer } = require('node:http')
      const Clerk = require('${name}/instance').default
      const server = createServer((req, res) => res.end('[]')).listen(0, async () => {
        const clerk = new Clerk('k', { serverApiUrl: 'http://127.0.0.1:' + server.address().port })
        const users = await clerk.users.getUserList()
        const begin = Date.now()
        server.close()
        server.unref()
        process.on('exit', () => console.log(JSON.stringify([users, Date.now() - begin < 3000])))
      })
      server.on('connection', (socket) => socket.unref())`
    expect(run('commonjs', program)).toEqual([[], true])
  })

  test('has no dependencies', () => {
    const pkg = createRequire(import.meta.url)('../package.json') as { dependencies?: object }
    expect(Object.keys(pkg.dependencies ?? {})).toEqual([])
  })
})
