import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { run, runWith, startProgram, temporaryFolder } from '../support/command-line.js'

const node = (code: string) => ['--', process.execPath, '--input-type=module', '-e', code]

test('exec runs a command with a server that it can talk to by its environment', async () => {
  const { code, stdout, stderr } = await run(
    'exec',
    ...node(`
      const { CLERK_API_URL, CLERK_API_KEY, CLERK_SECRET_KEY, CLERK_TELEMETRY_DISABLED, ...rest } = process.env
      const call = (key) => fetch(CLERK_API_URL + '/v1/users', { headers: { authorization: 'Bearer ' + key } })
      const statuses = await Promise.all([CLERK_API_KEY, CLERK_SECRET_KEY, 'sk_test_wrong'].map(async (key) => (await call(key)).status))
      const keys = [rest.CLERK_PUBLISHABLE_KEY, rest.NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY]
      console.log(JSON.stringify({ statuses, keys, CLERK_TELEMETRY_DISABLED }))
    `),
  )
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const publishableKey = expect.stringMatching(/^pk_test_/)
  expect(JSON.parse(stdout)).toEqual({
    statuses: [200, 200, 401],
    keys: [publishableKey, publishableKey],
    CLERK_TELEMETRY_DISABLED: '1',
  })
})

test('exec hands the standard streams through', async () => {
  const { child, stdout, stderr } = startProgram(
    'exec',
    ...node('process.stdin.pipe(process.stdout); console.error(7)'),
  )
  child.stdin.end('what was written')
  expect(await once(child, 'close')).toEqual([0, null])
  expect({ stdout: stdout(), stderr: stderr() }).toEqual({ stdout: 'what was written', stderr: '7\n' })
})

test('exec starts on a seed, in a folder where it is told to, and the users stay there', async () => {
  const folder = await temporaryFolder()
  const seed = join(folder, 'users.jsonl')
  await writeFile(seed, '{"username":"seeded"}\n')
  const command = ['exec', '--data-dir', join(folder, 'data'), '--seed', seed, ...node(printUsers)]
  const first = await run(...command)
  expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining('"username":"seeded"') })
  expect(await run(...command)).toEqual(first)
})

const printUsers = `
  const headers = { authorization: 'Bearer ' + process.env.CLERK_SECRET_KEY }
  process.stdout.write(await (await fetch(process.env.CLERK_API_URL + '/v1/users', { headers })).text())
`

test('exec --memory keeps away from the storage that the environment names', async () => {
  const folder = join(await temporaryFolder(), 'data')
  expect((await runWith({ CLERK_SERVER_DATA_DIR: folder }, 'exec', '--memory', ...node(''))).code).toBe(0)
  expect(existsSync(folder)).toBe(false)
})

test('exec keeps the encryption keys of the server from its command', async () => {
  const keys = {
    CLERK_SERVER_ENCRYPTION_KEY: randomBytes(32).toString('hex'),
    CLERK_SERVER_ENCRYPTION_KEY_PREVIOUS: randomBytes(32).toString('hex'),
  }
  const environment = { ...keys, CLERK_SERVER_LOG_LEVEL: 'info' }
  const { code, stdout } = await runWith(environment, 'exec', ...node('console.log(JSON.stringify(process.env))'))
  expect(code).toBe(0)
  const given = JSON.parse(stdout) as NodeJS.ProcessEnv
  expect(given['CLERK_SERVER_LOG_LEVEL'], 'what else there is').toBe('info')
  for (const name of Object.keys(keys)) expect(given[name], name).toBeUndefined()
})

test('exec shows the log where it is asked to', async () => {
  expect((await run('exec', '--log', ...node(printUsers))).stderr).toContain('"route":"GET /users"')
})

test.each([
  ['process.exit(0)', 0],
  ['process.exit(7)', 7],
  ["process.kill(process.pid, 'SIGKILL')", 137],
  ["process.kill(process.pid, 'SIGTERM')", 143],
])('exec ends as its command did: %s', async (code, expected) => {
  expect((await run('exec', ...node(code))).code).toBe(expected)
})

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'exec hands %s on to its command, and waits for it',
  async (signal) => {
    const program = startProgram(
      'exec',
      ...node(`
      process.on('${signal}', () => setTimeout(() => { console.log('tidied up'); process.exit(3) }, 50))
      setInterval(() => {}, 1000)
      console.log('ready')
    `),
    )
    onTestFinished(() => void program.child.kill('SIGKILL'))
    await vi.waitFor(() => expect(program.stdout()).toContain('ready'), { timeout: 10_000 })
    program.child.kill(signal)
    expect(await once(program.child, 'close')).toEqual([3, null])
    expect(program.stdout()).toContain('tidied up')
  },
)

test('exec exits 127 for a command that is not there, and 126 for one that cannot be run', async () => {
  expect(await run('exec', '--', 'no-such-command')).toMatchObject({
    code: 127,
    stderr: 'clerk-server: cannot run no-such-command: there is no such command\n',
  })
  const file = join(await temporaryFolder(), 'no-program')
  await writeFile(file, '', { mode: 0o600 })
  expect(await run('exec', '--', file)).toMatchObject({ code: 126, stderr: expect.stringContaining('EACCES') })
})

test('exec exits 2 without a command, and for a seed that is wrong, and then runs nothing', async () => {
  expect(await run('exec', '--port', '0')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('COMMAND is missing'),
  })
  const folder = await temporaryFolder()
  const seed = join(folder, 'users.jsonl')
  await writeFile(seed, '{"shoeSize":43}\n')
  const touched = join(folder, 'touched')
  const touch = `(await import('node:fs')).writeFileSync(${JSON.stringify(touched)}, '')`
  expect((await run('exec', '--seed', seed, ...node(touch))).code).toBe(2)
  await expect(readFile(touched)).rejects.toThrow('ENOENT')
})
