import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startServer } from 'clerk-server'
import { expect, onTestFinished, test } from 'vitest'
import { folderWith } from './folder.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const page = readFileSync(join(root, 'docs/testing-with-clerk-server.md'), 'utf8')

/** The code that follows the first line that begins so. */
const codeAfter = (beginning: string) => /```\w+\n([\s\S]*?)```/.exec(page.split(`\n${beginning}`)[1] ?? '')?.[1] ?? ''

const run = promisify(execFile)
const environment = { ...process.env, CLERK_TELEMETRY_DISABLED: '1' }

test('what the page shows for Vitest passes', async () => {
  const folder = folderWith('sign-up.test.js', codeAfter('`sign-up.test.js`'))
  const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))
  const { stdout } = await run(process.execPath, [vitest, 'run', '--root', folder, '--reporter=json'], {
    env: environment,
  })
  expect(JSON.parse(stdout)).toMatchObject({ numPassedTests: 1, success: true })
})

test('what the page shows for node --test passes', async () => {
  const folder = folderWith('clock.test.js', codeAfter('`clock.test.js`'))
  const { stdout } = await run(process.execPath, ['--test', '--test-reporter=tap', join(folder, 'clock.test.js')], {
    env: { ...environment, NODE_TEST_CONTEXT: undefined },
  })
  expect(stdout).toContain('# pass 1')
})

test('what the page shows of the inbox passes', async () => {
  const folder = folderWith('inbox.test.js', codeAfter('`inbox.test.js`'))
  const { stdout } = await run(process.execPath, ['--test', '--test-reporter=tap', join(folder, 'inbox.test.js')], {
    env: { ...environment, NODE_TEST_CONTEXT: undefined },
  })
  expect(stdout).toContain('# pass 2')
})

test('what the page shows empties the inbox', async () => {
  const server = await startServer()
  onTestFinished(server.close)
  const invited = await fetch(`${server.url}/v1/invitations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.secretKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ email_address: 'ada@example.com' }),
  })
  expect(invited.status).toBe(200)
  const inbox = async () => (await (await fetch(`${server.url}/inbox/messages`)).json()) as unknown[]
  expect(await inbox()).toHaveLength(1)

  const folder = folderWith('empty.js', codeAfter('Tests that share a server'))
  await run(process.execPath, [join(folder, 'empty.js')], { env: { ...environment, CLERK_API_URL: server.url } })
  expect(await inbox()).toEqual([])
})

test('the seed that the page shows can be applied', async () => {
  const folder = folderWith('users.jsonl', codeAfter('A seed'))
  const server = await startServer({ seedFile: join(folder, 'users.jsonl') })
  onTestFinished(server.close)
  const response = await fetch(`${server.url}/v1/users/count`, {
    headers: { authorization: `Bearer ${server.secretKey}` },
  })
  expect(await response.json()).toMatchObject({ total_count: 2 })
})
