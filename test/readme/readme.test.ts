import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { Webhook } from 'standardwebhooks'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { check, projects } from '../documentation/compiler.js'
import { promisedLines, type Snippet, snippetsOf } from './page.js'
import { startStandIn } from './stand-in.js'

const page = new URL('../../packages/sdk/README.md', import.meta.url)
const snippets = snippetsOf(page)
const programs = snippets.filter(({ language }) => language === 'js')
const typed = snippets.filter(({ language }) => language === 'ts')
const servers = programs.filter(({ code }) => code.includes('.listen('))
const scripts = programs.filter((program) => !servers.includes(program))

/** Where programs can import what the workspace has. */
const folder = fileURLToPath(new URL('../../node_modules/.cache/readme/', import.meta.url))

/** Runs a program as the README says: with a key and an address in the environment. */
async function start({ line, code }: Snippet, environment: Record<string, string> = {}) {
  const api = await startStandIn()
  const { url, apiKey } = api
  mkdirSync(folder, { recursive: true })
  const file = `${folder}line-${line}.mjs`
  writeFileSync(file, code)
  const child = spawn(process.execPath, [file], {
    env: { PATH: process.env['PATH'], CLERK_API_KEY: apiKey, CLERK_API_URL: url, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => {
    child.kill()
    rmSync(file)
  })
  const said = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text
  })
  return { api, child, said }
}

describe('the programs of the README run and print what their comments say', () => {
  test.each(scripts.map((program) => [`${program.heading}, line ${program.line}`, program] as const))(
    '%s',
    async (_, program) => {
      const { child, said } = await start(program)
      const [code] = await once(child, 'close')
      expect(said.err).toBe('')
      expect(said.out.split('\n').slice(0, -1)).toEqual(promisedLines(program))
      expect(code).toBe(0)
    },
  )
})

const signingSecret = `whsec_${Buffer.from('a secret of the endpoint').toString('base64')}`

/** Starts a program that listens, and gives what sends it requests. */
async function startServerProgram(program: Snippet) {
  const port = String(await freePort())
  const { api, said } = await start(program, { PORT: port, CLERK_WEBHOOK_SIGNING_SECRET: signingSecret })
  const send = async (path: string, init?: RequestInit) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init)
    return { status: response.status, text: await response.text() }
  }
  await vi.waitFor(() => send('/'), { timeout: 10_000 })
  expect(said.err).toBe('')
  return { api, send }
}

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })

/** What is sent to each program that listens, by the heading it is under, and what must come back. */
const exchanges: Record<string, (running: Awaited<ReturnType<typeof startServerProgram>>) => Promise<void>> = {
  'In ten lines': async ({ api, send }) => {
    const { token } = await api.signIn({ first_name: 'Ada', last_name: 'Lovelace' })
    expect((await send('/profile')).status).toBe(401)
    expect((await send('/profile', bearer('not.a.token'))).status).toBe(401)
    expect(await send('/profile', bearer(token))).toEqual({
      status: 200,
      text: '{"firstName":"Ada","lastName":"Lovelace"}',
    })
  },
  Middleware: async ({ api, send }) => {
    const { userId, sessionId, token } = await api.signIn({})
    expect(await send('/')).toEqual({ status: 200, text: '{"userId":null}' })
    expect(await send('/', bearer(token))).toEqual({ status: 200, text: JSON.stringify({ userId }) })
    expect(await send('/private')).toEqual({ status: 401, text: '{"error":"Unauthenticated"}' })
    expect(await send('/private', bearer(token))).toEqual({
      status: 200,
      text: JSON.stringify({ userId, sessionId }),
    })
  },
  'Next.js': async ({ api, send }) => {
    const { userId, token } = await api.signIn({})
    expect(await send('/')).toEqual({ status: 401, text: '{"error":"Unauthenticated"}' })
    expect(await send('/', bearer(token))).toEqual({ status: 200, text: userId })
  },
  Webhooks: async ({ send }) => {
    const body = JSON.stringify({ object: 'event', type: 'user.created', data: { id: 'user_1' } })
    const sent = new Date()
    const headers = {
      'content-type': 'application/json',
      'svix-id': 'msg_1',
      'svix-timestamp': String(Math.floor(sent.getTime() / 1000)),
      'svix-signature': new Webhook(signingSecret).sign('msg_1', sent, body),
    }
    const method = 'POST'
    expect(await send('/webhooks', { method, headers, body })).toEqual({
      status: 200,
      text: '{"received":"user.created","id":"user_1"}',
    })
    expect((await send('/webhooks', { method, headers, body: body.replace('user_1', 'user_2') })).status).toBe(400)
  },
}

describe('the programs of the README that listen answer as they should', () => {
  test.each(servers.map((program) => [`${program.heading}, line ${program.line}`, program] as const))(
    '%s',
    async (_, program) => {
      const exchange = exchanges[program.heading]
      if (!exchange) throw new Error(`nothing is sent to the program under ${program.heading}`)
      await exchange(await startServerProgram(program))
    },
  )
})

test('the README has programs that run, programs that listen, and typed modules', () => {
  expect([scripts.length, servers.length, typed.length]).toEqual([12, 4, 1])
  const languages = new Set(snippets.map(({ language }) => language))
  expect([...languages].sort()).toEqual(['js', 'sh', 'ts'])
})

test.each(Object.entries(projects))(
  'the typed modules of the README compile in a strict project for %s',
  (_, project) => {
    const modules = typed.map(({ line, code }) => ({ number: line, file: `${line}.mts`, code }))
    expect([...check(modules, project).values()].flat()).toEqual([])
  },
)

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
