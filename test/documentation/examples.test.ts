import { exec, execFile } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { startReady, temporaryFolder } from '../support/command-line.js'
import { folderWith } from './folder.js'
import { examplesOf, pages } from './pages.js'

const run = promisify(exec)
const programs = fileURLToPath(new URL('../../node_modules/.bin', import.meta.url))

/**
 * The lines of the examples that are marked with `run` behind their language. They are run without `npx`, which would
 * look for the package in a registry.
 */
const linesOf = (page: string): string[] =>
  examplesOf(page)
    .filter(({ language }) => language === 'sh run')
    .flatMap(({ code }) => code.trim().split('\n'))
    .map((line) => line.replace(/^npx /, ''))

const examples = pages.filter((page) => linesOf(page).length > 0)

test('there are pages whose examples can be run', () => {
  expect(examples.length).toBeGreaterThan(2)
})

describe.each(examples)('%s', (page) => {
  test('shows commands that do what they are for, beside a server in the same folder', async () => {
    const cwd = await temporaryFolder()
    await startReady('--data-dir', `${cwd}/.clerk`)
    const env = { ...process.env, PATH: `${programs}${delimiter}${process.env['PATH']}` }
    for (const line of linesOf(page)) {
      const { stdout, stderr } = await run(line, { cwd, env })
      expect(`${stdout}${stderr}`, line).not.toBe('')
    }
  })
})

test('the program in packages/server/README.md creates a user', async () => {
  const [program] = examplesOf('packages/server/README.md').filter(({ language }) => language === 'js')
  const folder = folderWith('users.mjs', program?.code ?? '')
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'users.mjs')])
  expect(stdout).toBe('200 ada@example.com\n')
})
