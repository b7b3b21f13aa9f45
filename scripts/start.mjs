// `npm start`: builds what is stale, starts the server and the Express example, takes the tour, and stays up until Ctrl-C.
// `--once` takes the tour on a throw-away directory and free ports, and ends with its exit code. Where 4010 or 3000 is
// taken, `--port` and `--example-port` name others (0 for any that is free).
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildPackages } from './packages.mjs'
import { root } from './run.mjs'

const flags = wanted()
const throwaway = flags.once && flags['data-dir'] === undefined
const dataDirectory = throwaway ? mkdtempSync(join(tmpdir(), 'clerk-tour-')) : (flags['data-dir'] ?? '.clerk')
const port = flags.port ?? (flags.once ? '0' : '4010')
const examplePort = flags['example-port'] ?? (flags.once ? '0' : '3000')

/** @type {import('node:child_process').ChildProcess[]} in the order they were started */
const children = []
let stopping = false
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stop(0))

if (!(await buildPackages({ ifStale: true }))) await stop(1)

const server = await startServer()
const example = await startExample(server)
const passed = await takeTour(server, example)

if (flags.once || !passed) await stop(passed ? 0 : 1)
console.log(invitation(server, example))

/** What the command line says. One that makes no sense is told which does. */
function wanted() {
  try {
    const { values } = parseArgs({
      options: {
        once: { type: 'boolean', default: false },
        'data-dir': { type: 'string' },
        port: { type: 'string' },
        'example-port': { type: 'string' },
      },
    })
    return values
  } catch {
    console.error('usage: npm start -- [--once] [--data-dir DIR] [--port PORT] [--example-port PORT]')
    process.exit(2)
  }
}

/** @typedef {{ url: string, apiUrl: string, apiKey: string, secretKey: string, publishableKey: string }} Ready */

/** @returns {Promise<Ready>} */
async function startServer() {
  const command = ['packages/server/dist/cli.js', 'start', '--json', '--data-dir', dataDirectory, '--port', port]
  const child = start(command, process.env)
  return JSON.parse(await firstLine(child))
}

/** @param {Ready} server @returns {Promise<string>} its address */
async function startExample({ apiUrl, apiKey, publishableKey }) {
  const child = start(['examples/express/server.js'], {
    ...process.env,
    CLERK_API_KEY: apiKey,
    CLERK_API_URL: apiUrl,
    CLERK_PUBLISHABLE_KEY: publishableKey,
    PORT: examplePort,
  })
  return (await firstLine(child)).split(' ').at(-1) ?? ''
}

/** @param {Ready} server @param {string} example */
async function takeTour({ apiUrl, apiKey, url }, example) {
  console.log(`\nA tour: the SDK, the server at ${url}, the Express example at ${example}\n`)
  const child = start(['examples/node/tour.js'], {
    ...process.env,
    CLERK_API_KEY: apiKey,
    CLERK_API_URL: apiUrl,
    GUARDED_URL: `${example}/api/profile`,
  })
  child.stdout?.pipe(process.stdout)
  child.stderr?.pipe(process.stderr)
  const [code] = await once(child, 'close')
  return code === 0
}

/** @param {string[]} command @param {NodeJS.ProcessEnv} env */
function start(command, env) {
  const child = spawn(process.execPath, command, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  return child
}

/**
 * The line a program prints when it is ready. A program that ends instead says why, and ends everything.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<string>}
 */
function firstLine(child) {
  let said = ''
  let complaints = ''
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    complaints = (complaints + text).slice(-10_000)
  })
  return new Promise((resolve) => {
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      said += text
      if (said.includes('\n')) resolve(/** @type {string} */ (said.split('\n', 1)[0]))
    })
    child.once('close', () => {
      if (stopping) return
      process.stderr.write(complaints)
      void stop(1)
    })
  })
}

/** Ends the children, the last one first, and then this program. @param {number} code */
async function stop(code) {
  if (stopping) return
  stopping = true
  for (const child of children.reverse()) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }
  if (throwaway) rmSync(dataDirectory, { recursive: true, force: true })
  process.exit(code)
}

/** @param {Ready} server @param {string} example */
function invitation({ url, apiUrl, apiKey, secretKey, publishableKey }, example) {
  const authorization = `-H "Authorization: Bearer ${secretKey}"`
  return `
It stays up until you press Ctrl-C. Open

  ${example}/guarded
      sends you to sign up, and greets you by name when you come back; the code you are asked for is in the inbox
  ${url}/inbox
      has every mail and text message that the server has sent
  ${url}
      shows users, sessions, invitations and keys

  Server                 ${url}
  Express example        ${example}
  CLERK_API_URL          ${apiUrl}
  CLERK_API_KEY          ${apiKey}
  CLERK_SECRET_KEY       ${secretKey}
  CLERK_PUBLISHABLE_KEY  ${publishableKey}

Try

  curl ${authorization} ${url}/v1/users
  curl ${authorization} -d email_address=you@example.com ${url}/v1/users
  curl -i ${example}/api/profile
`
}
