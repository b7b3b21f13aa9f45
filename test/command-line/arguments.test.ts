import { expect, test } from 'vitest'
import { run, runWith, startReady, temporaryFolder } from '../support/command-line.js'

test('the help lists every command, and every command has a help of its own with an example', async () => {
  const { code, stdout } = await run('--help')
  expect(code).toBe(0)
  const names = [...(/Commands\n((?: {2}.*\n)+)/.exec(stdout)?.[1] ?? '').matchAll(/^ {2}(\S+(?: \S+)?) {2}/gm)]
  expect(names.length).toBeGreaterThan(0)
  for (const [, name = ''] of names) {
    const help = await run(...name.split(' '), '--help')
    expect(help).toMatchObject({ code: 0, stderr: '' })
    expect(help.stdout).toContain(`Usage\n  clerk-server ${name} [flags]`)
    expect(help.stdout).toMatch(new RegExp(`Examples?\\n(  .*\\n)*  .*clerk-server ${name}`))
    expect(help.stdout).toContain('Exit codes\n')
    expect(await run('help', ...name.split(' '))).toMatchObject({ code: 0, stdout: help.stdout })
  }
})

test('every flag in a help names its environment variable', async () => {
  const { stdout } = await run('start', '--help')
  const flags = [...stdout.matchAll(/^ {2}--([a-z-]+)/gm)].map(([, flag = '']) => flag)
  expect(flags.length).toBeGreaterThan(5)
  for (const flag of flags) {
    expect(stdout).toContain(`[CLERK_SERVER_${flag.toUpperCase().replaceAll('-', '_')}]`)
  }
})

test('a flag can be given by its environment variable, and one on the command line wins', async () => {
  const folder = await temporaryFolder()
  const environment = { CLERK_SERVER_PORT: 'none', CLERK_SERVER_DATA_DIR: folder, CLERK_SERVER_JSON: '1' }
  expect(await runWith(environment, 'start')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('CLERK_SERVER_PORT must be a number from 0 to 65535, not "none"'),
  })
  const holder = await startReady('--data-dir', folder)
  const { code, stderr } = await runWith(environment, 'start', '--port', '0')
  expect(code).toBe(1)
  expect(stderr).toContain(`in use by the clerk-server with pid ${holder.ready.pid}`)
})

test('a storage on the command line wins over another one in the environment', async () => {
  const environment = { CLERK_SERVER_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }
  const port = { CLERK_SERVER_PORT: 'none' }
  expect((await runWith({ ...environment, CLERK_SERVER_MEMORY: 'true' }, 'start')).stderr).toContain(
    'CLERK_SERVER_DATABASE_URL and CLERK_SERVER_MEMORY exclude each other',
  )
  expect((await runWith({ ...environment, ...port }, 'start', '--memory')).stderr).toContain('CLERK_SERVER_PORT must')
  expect((await runWith(environment, 'start', '--no-memory')).stderr).toContain('the database cannot be used')
})

test.each([
  [{ CLERK_SERVER_MEMORY: 'perhaps' }, 'CLERK_SERVER_MEMORY must be true or false, not "perhaps"'],
  [{ CLERK_SERVER_DATABASE_URL: 'mysql://u:hidden@h/d' }, 'CLERK_SERVER_DATABASE_URL must begin with postgres://'],
])('%j exits 2 and says why, without a password', async (environment, reason) => {
  const { code, stdout, stderr } = await runWith(environment, 'start')
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(reason)
  expect(stderr).not.toContain('hidden')
})

test('a variable that is empty is not there', async () => {
  const { stderr } = await runWith({ CLERK_SERVER_SEED: '', CLERK_SERVER_PORT: 'none' }, 'start', '--memory')
  expect(stderr).toContain('CLERK_SERVER_PORT must')
})
