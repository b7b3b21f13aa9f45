import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startServer } from 'clerk-server'
import { expect, onTestFinished, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const page = readFileSync(join(root, 'docs/testing-with-clerk-server.md'), 'utf8')

/** The code that follows the first line that begins so. */
const codeAfter = (beginning: string) => /```\w+\n([\s\S]*?)```/.exec(page.split(`\n${beginning}`)[1] ?? '')?.[1] ?? ''

/** A folder of its own in which packages are found as they are in the checkout. */
function folderWith(file: string, code: string): string {
  const folder = join(root, 'test-results', `testing-page-${process.pid}-${file}`)
  mkdirSync(folder, { recursive: true })
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'vitest.config.js'), 'export default {}')
  writeFileSync(join(folder, file), code)
  return folder
}

const run = promisify(execFile)

test('what the page shows for Vitest passes', async () => {
  const folder = folderWith('sign-up.test.js', codeAfter('`sign-up.test.js`'))
  const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))
  const { stdout } = await run(process.execPath, [vitest, 'run', '--root', folder, '--reporter=json'])
  expect(JSON.parse(stdout)).toMatchObject({ numPassedTests: 1, success: true })
})

test('what the page shows for node --test passes', async () => {
  const folder = folderWith('clock.test.js', codeAfter('`clock.test.js`'))
  const { stdout } = await run(process.execPath, ['--test', '--test-reporter=tap', join(folder, 'clock.test.js')], {
    env: { ...process.env, NODE_TEST_CONTEXT: undefined },
  })
  expect(stdout).toContain('# pass 1')
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
