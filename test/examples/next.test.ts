import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, realpath, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Clerk from '@clerk/clerk-sdk-node/instance'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { pack } from '../../scripts/packed/tarball.mjs'
import { freshStorage, startInstance } from '../support/instance.js'

const source = fileURLToPath(new URL('../../examples/next', import.meta.url))

/** Where the example lies as it does in the repository, beside what would be published of the SDK. */
let folder: string
let app: string

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'clerk-next-')))
  app = join(folder, 'examples/next')
  await pack('sdk', join(folder, 'packed'))
  await mkdir(join(folder, 'packages'))
  await rename(join(folder, 'packed/package'), join(folder, 'packages/sdk'))
  await cp(source, app, { recursive: true, filter: (path) => !/\/(node_modules|\.next)$/.test(path) })
  await succeed('ci', '--no-audit', '--no-fund', '--prefer-offline')
  await succeed('run', 'build')
}, 300_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

/** Runs npm in the example, without any variable of the SDK's or of this test run. */
function npm(args: string[], variables: Record<string, string> = {}) {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(CLERK_|VITEST|NODE_ENV$)/.test(name))
  const child = spawn('npm', args, {
    cwd: app,
    detached: true,
    env: { ...Object.fromEntries(inherited), NEXT_TELEMETRY_DISABLED: '1', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  }
  return { child, text: () => said }
}

async function succeed(...args: string[]): Promise<void> {
  const { child, text } = npm(args)
  const [code] = await once(child, 'close')
  expect(code, `npm ${args.join(' ')}:\n${text()}`).toBe(0)
}

/** The built example on a free port until the test is over. */
async function start(variables: Record<string, string>): Promise<string> {
  const { child, text } = npm(['start', '--', '--port', '0'], variables)
  const ended = once(child, 'close')
  // The group, because npm does not hand a signal on.
  onTestFinished(async () => {
    if (child.exitCode === null) process.kill(-(child.pid as number), 'SIGTERM')
    await ended
  })
  const ready = /^- Local: +(http:\S+)$[\s\S]*Ready in/m
  await vi.waitFor(() => expect(text()).toMatch(ready), { timeout: 20_000 })
  return ready.exec(text())?.[1] as string
}

/** The example against a server with one user, who has a session. */
async function startSignedIn() {
  const { url: serverApiUrl, apiKey } = await startInstance({ storage: await freshStorage('SQLite') })
  const clerk = new Clerk({ apiKey, serverApiUrl })
  const user = await clerk.users.createUser({
    emailAddress: ['ada@example.com'],
    firstName: 'Ada',
    lastName: 'Lovelace',
    publicMetadata: { seat: 1 },
  })
  const session = await clerk.sessions.createSession({ userId: user.id })
  const { jwt: token } = await clerk.sessions.getToken(session.id)
  const example = await start({ CLERK_API_KEY: apiKey, CLERK_API_URL: serverApiUrl })
  const get = async (route: string, bearer?: string) => {
    const response = await fetch(`${example}${route}`, bearer ? { headers: { authorization: `Bearer ${bearer}` } } : {})
    return { status: response.status, body: (await response.json()) as unknown }
  }
  return { user, token, get }
}

/** The same token, not signed by the server. */
const forged = (token: string) => `${token.slice(0, -8)}AAAAAAAA`

test('the page is served to everybody, from a build and a start without a key', async () => {
  const response = await fetch(await start({}))
  expect(response.status).toBe(200)
  expect(await response.text()).toContain('<h1>Clerk and Next</h1>')
})

test('a route behind requireSession answers who is signed in, and 401 to everybody else', async () => {
  const { token, get } = await startSignedIn()
  expect(await get('/api/profile', token)).toEqual({
    status: 200,
    body: { firstName: 'Ada', lastName: 'Lovelace', publicMetadata: { seat: 1 } },
  })
  expect(await get('/api/profile')).toEqual({ status: 401, body: { error: 'Unauthenticated' } })
  expect(await get('/api/profile', 'not a token')).toEqual({ status: 401, body: { error: 'Unauthenticated' } })
  expect(await get('/api/profile', forged(token))).toEqual({ status: 401, body: { error: 'invalid signature' } })
})

test('a route behind withSession answers everybody, and knows who is signed in', async () => {
  const { user, token, get } = await startSignedIn()
  expect(await get('/api/hello', token)).toEqual({ status: 200, body: { signedIn: true, userId: user.id } })
  expect(await get('/api/hello')).toEqual({ status: 200, body: { signedIn: false } })
  expect(await get('/api/hello', forged(token))).toEqual({ status: 200, body: { signedIn: false } })
})
