import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { commandOf, type Running, run, startProgram, startReady, temporaryFolder } from '../support/command-line.js'
import { startInstance } from '../support/instance.js'
import { freshDatabase } from '../support/postgres.js'

const api = async ({ ready }: Running, path: string, body?: object) => {
  const response = await fetch(`${ready.apiUrl}/v1${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${ready.secretKey}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as { id: string; total_count: number } }
}

const userCount = async (server: Running) => (await api(server, '/users/count')).body.total_count

describe('clerk-server start', () => {
  test('prints one line of JSON when it is ready, and answers by then', async () => {
    const server = await startReady('--memory')
    const { url, pid, secretKey } = server.ready
    expect(server.ready).toEqual({
      event: 'ready',
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      apiUrl: url,
      frontendApiUrl: `${url}/__clerk`,
      secretKey: expect.stringMatching(/^sk_test_/),
      apiKey: secretKey.replace(/^sk_/, ''),
      publishableKey: `pk_test_${Buffer.from('clerk.localhost$').toString('base64')}`,
      pid: server.child.pid,
    })
    expect(pid).toBeGreaterThan(0)
    expect(await api(server, '/users')).toEqual({ status: 200, body: [] })
    expect(server.output().split('\n')).toHaveLength(2)
  })

  test('without --json it says the same to a person', async () => {
    const server = startProgram('start', '--memory', '--port', '0')
    onTestFinished(() => void server.child.kill('SIGKILL'))
    await vi.waitFor(() => expect(server.stdout()).toContain('CLERK_PUBLISHABLE_KEY'), { timeout: 10_000 })
    const text = server.stdout()
    const url = /ready at (http:\S+)/.exec(text)?.[1]
    const secretKey = /CLERK_SECRET_KEY +(\S+)/.exec(text)?.[1]
    const response = await fetch(`${url}/v1/users`, { headers: { authorization: `Bearer ${secretKey}` } })
    expect(response.status).toBe(200)
    expect(text).toMatch(/CLERK_API_KEY +test_/)
  })

  test('keeps users, keys and the key set in its data directory, for its owner only', async () => {
    const folder = join(await temporaryFolder(), 'made', 'for it')
    const first = await startReady('--data-dir', folder)
    const created = await api(first, '/users', { email_address: ['a@example.com'], password: 'long enough' })
    const keys = await api(first, '/jwks')
    expect(created.status).toBe(200)
    expect(await first.stop('SIGTERM')).toBe(0)
    const modes = await Promise.all(
      ['', 'clerk.sqlite', 'clerk.sqlite-wal'].map(async (name) => (await stat(join(folder, name))).mode & 0o777),
    )
    expect(modes).toEqual([0o700, 0o600, 0o600])
    expect(await readFile(join(folder, 'clerk.sqlite'), 'latin1')).not.toContain('long enough')

    const second = await startReady('--data-dir', folder)
    expect(second.ready.secretKey).toBe(first.ready.secretKey)
    expect(await api(second, `/users/${created.body.id}`)).toEqual(created)
    expect(await api(second, '/jwks')).toEqual(keys)
  })

  test('keeps everything in PostgreSQL, which several servers may share', async () => {
    const { url, drop } = await freshDatabase()
    onTestFinished(drop)
    const servers = await Promise.all([startReady('--database-url', url), startReady('--database-url', url)])
    const [one, two] = servers
    expect(one.ready.secretKey).toBe(two.ready.secretKey)
    const created = await api(one, '/users', { username: 'shared' })
    expect(await api(two, `/users/${created.body.id}`)).toEqual(created)
    expect(await api(two, '/jwks')).toEqual(await api(one, '/jwks'))
    for (const server of servers) expect(await server.stop('SIGTERM')).toBe(0)
  })

  test('with --memory keeps nothing and writes nothing', async () => {
    const first = await startReady('--memory')
    await api(first, '/users', { username: 'gone' })
    expect(await first.stop('SIGINT')).toBe(0)
    const second = await startReady('--memory')
    expect(await userCount(second)).toBe(0)
    expect(second.ready.secretKey).not.toBe(first.ready.secretKey)
  })

  test('finishes the request it has accepted when it is told to stop, then exits 0', async () => {
    const server = await startReady('--memory')
    const { port } = new URL(server.ready.url)
    const body = JSON.stringify({ username: 'slow' })
    const socket = connect(Number(port), '127.0.0.1')
    socket.write(
      `POST /v1/users HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${server.ready.secretKey}\r\n` +
        `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body.slice(0, 5)}`,
    )
    await api(server, '/users/count') // an idle connection, which must not keep the server up
    const stopped = server.stop('SIGTERM')
    setTimeout(() => socket.write(body.slice(5)), 200)
    const [answer] = await once(socket.setEncoding('utf8'), 'data')
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK/)
    expect(answer).toContain('"username":"slow"')
    expect(await stopped).toBe(0)
  })

  test('answers and stops however long its log is left unread', async () => {
    const server = await startReady('--memory')
    server.child.stderr?.pause()
    const status = async () => (await api(server, '/users/count')).status
    for (let batch = 0; batch < 20; batch++) {
      expect(await Promise.all(Array.from({ length: 100 }, status))).toEqual(Array(100).fill(200))
    }
    expect(await server.stop('SIGTERM')).toBe(0)
  })

  test('goes on when whoever started it has gone, with its terminal or its log', async () => {
    const server = await startReady('--memory')
    server.child.stdin?.destroy()
    server.child.stdout?.destroy()
    server.child.stderr?.destroy()
    for (let batch = 0; batch < 5; batch++) {
      const statuses = await Promise.all(
        Array.from({ length: 20 }, async () => (await api(server, '/users/count')).status),
      )
      expect(statuses).toEqual(Array(20).fill(200))
    }
    expect(await server.stop('SIGTERM')).toBe(0)
  })

  test('starts without any of the standard streams', async () => {
    const folder = await temporaryFolder()
    const port = String(await freePort())
    const started = spawn('/bin/sh', [
      '-c',
      'exec "$@" <&- >&- 2>&-',
      'sh',
      ...commandOf('start', '--data-dir', folder, '--port', port),
    ])
    onTestFinished(() => void started.kill('SIGKILL'))
    await vi.waitFor(async () => expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).toBe(200), {
      timeout: 10_000,
      interval: 100,
    })
    const exited = once(started, 'exit')
    started.kill('SIGTERM')
    expect(await exited).toEqual([0, null])
  })

  test('a second signal ends it at once', async () => {
    const server = await startReady('--memory')
    const socket = connect(Number(new URL(server.ready.url).port), '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    socket.on('error', () => {})
    socket.write('POST /v1/users HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\n')
    await api(server, '/users/count')
    const stopped = server.stop('SIGTERM')
    setTimeout(() => server.child.kill('SIGTERM'), 200)
    expect(await stopped).toBe(1)
  })

  test('a data directory that is in use exits 1 and names the pid that holds it', async () => {
    const folder = await temporaryFolder()
    const holder = await startReady('--data-dir', folder)
    const { code, stdout, stderr } = await run('start', '--port', '0', '--data-dir', folder)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(`is in use by the clerk-server with pid ${holder.ready.pid}`)
    expect(await userCount(holder)).toBe(0)
  })

  test('a data directory is for one server, in one process too', async () => {
    const dataDir = await temporaryFolder()
    await startInstance({ storage: { dataDir } })
    await expect(startInstance({ storage: { dataDir } })).rejects.toMatchObject({
      name: 'StartupError',
      message: expect.stringContaining(`in use by the clerk-server with pid ${process.pid}`),
    })
  })

  test('a data directory whose holder was killed is free again', async () => {
    const folder = await temporaryFolder()
    const holder = await startReady('--data-dir', folder)
    expect(await holder.stop('SIGKILL')).toBe('SIGKILL')
    const next = await startReady('--data-dir', folder)
    expect(next.ready.secretKey).toBe(holder.ready.secretKey)
  })

  test('a port that is in use exits 1 and says so, and lets the data directory go', async () => {
    const folder = await temporaryFolder()
    const port = await takenPort()
    const { code, stderr } = await run('start', '--data-dir', folder, '--port', String(port))
    expect(code).toBe(1)
    expect(stderr).toContain(`cannot listen on 127.0.0.1:${port}: something listens there already`)
    await startReady('--data-dir', folder)
  })

  test.each([
    [['start', '--bogus'], "Unknown option '--bogus'"],
    [['start', 'extra'], "Unexpected argument 'extra'"],
    [['start', '--port'], "'--port <value>' argument missing"],
    [['start', '--port', '65536'], '--port must be a number from 0 to 65535, not "65536"'],
    [['start', '--port', 'http'], '--port must be a number'],
    [['start', '--memory', '--data-dir', 'x'], '--data-dir and --memory exclude each other'],
    [['start', '--database-url', 'mysql://x'], '--database-url must begin with postgres://'],
    [['start', '--data-dir', ''], '--data-dir must not be empty'],
    [['begin'], 'there is no command begin'],
    [[], 'a command is missing'],
  ])('%j exits 2 and says why', async (args, reason) => {
    const { code, stdout, stderr } = await run(...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(reason)
    expect(stderr).toContain('--help')
  })

  test('a database that cannot be reached exits 1 and says so, without the password', async () => {
    const port = await freePort()
    const { code, stderr } = await run('start', '--database-url', `postgres://u:hidden@127.0.0.1:${port}/d`)
    expect(code).toBe(1)
    expect(stderr).toContain('the database cannot be used: connect ECONNREFUSED')
    expect(stderr).not.toContain('hidden')
  })

  test('a database that is none exits 1, says so and leaves it as it is', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'clerk.sqlite'), 'no database '.repeat(100))
    const { code, stderr } = await run('start', '--port', '0', '--data-dir', folder)
    expect(code).toBe(1)
    expect(stderr).toContain('clerk.sqlite cannot be opened: file is not a database')
    expect(await readFile(join(folder, 'clerk.sqlite'), 'utf8')).toBe('no database '.repeat(100))
  })

  test('a keyring that cannot be read exits 1, names the file and leaves it as it is', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'keys.json'), '{"secret":')
    const { code, stderr } = await run('start', '--port', '0', '--data-dir', folder)
    expect(code).toBe(1)
    expect(stderr).toContain('keys.json is not a readable keyring')
    expect(await readFile(join(folder, 'keys.json'), 'utf8')).toBe('{"secret":')
  })

  test('a database of a newer version exits 1 and is left as it is', async () => {
    const folder = await temporaryFolder()
    await (await startReady('--data-dir', folder)).stop('SIGTERM')
    const { default: Libsql } = await import('libsql')
    const file = new Libsql(join(folder, 'clerk.sqlite'))
    file.exec("insert into kysely_migration (name, timestamp) values ('9999-later', '2030-01-01')")
    file.close()
    const { code, stderr } = await run('start', '--port', '0', '--data-dir', folder)
    expect(code).toBe(1)
    expect(stderr).toContain('made by a newer clerk-server (it has 9999-later)')
  })

  test('is there under its name after an installation of the checkout', async () => {
    const command = fileURLToPath(new URL('../../node_modules/.bin/clerk-server', import.meta.url))
    const { stdout } = await promisify(execFile)(command, ['--version'])
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  test('--help and --version say so and exit 0', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('Usage'), stderr: '' })
    expect(await run('start', '--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('--data-dir DIR') })
    expect(await run('--version')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
  })
})

describe('a seed', () => {
  async function seedFile(...lines: (object | string)[]) {
    const path = join(await temporaryFolder(), 'users.jsonl')
    await writeFile(path, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'))
    return path
  }

  test('fills an empty database, and leaves one that has users as it is', async () => {
    const folder = await temporaryFolder()
    const path = await seedFile({ email_address: ['a@example.com'], password: 'long enough' }, '', {
      username: 'second',
    })
    const first = await startReady('--data-dir', folder, '--seed', path)
    expect(await userCount(first)).toBe(2)
    await first.stop('SIGTERM')
    const second = await startReady('--data-dir', folder, '--seed', path)
    expect(await userCount(second)).toBe(2)
  })

  test.each([
    ['is no JSON', '{"username":', 'line 3 of the seed'],
    ['has an unknown field', { username: 'third', shoeSize: 43 }, 'shoeSize is not a parameter of this operation'],
    ['is taken by an earlier line', { username: 'FIRST' }, 'username is taken by another user'],
    ['has a short password', { username: 'third', password: 'short' }, 'password must have at least 8 characters'],
  ])('a line that %s exits 2, names the line, and nothing is applied', async (_, line, reason) => {
    const folder = await temporaryFolder()
    const path = await seedFile({ username: 'first' }, { username: 'second' }, line)
    const { code, stderr } = await run('start', '--port', '0', '--data-dir', folder, '--seed', path)
    expect(code).toBe(2)
    expect(stderr).toContain('line 3 of the seed')
    expect(stderr).toContain(reason)
    expect(await userCount(await startReady('--data-dir', folder))).toBe(0)
  })

  test('a seed that is not there exits 2 and names the file', async () => {
    const folder = await temporaryFolder()
    const { code, stderr } = await run(
      'start',
      '--port',
      '0',
      '--data-dir',
      folder,
      '--seed',
      join(folder, 'none.jsonl'),
    )
    expect(code).toBe(2)
    expect(stderr).toContain('none.jsonl cannot be read')
    expect(existsSync(join(folder, 'none.jsonl'))).toBe(false)
  })
})

async function takenPort(): Promise<number> {
  const holder = createServer()
  onTestFinished(() => void holder.close())
  holder.listen(0, '127.0.0.1')
  await once(holder, 'listening')
  return (holder.address() as { port: number }).port
}

async function freePort(): Promise<number> {
  const holder = createServer()
  holder.listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const { port } = holder.address() as { port: number }
  await new Promise((resolve) => holder.close(resolve))
  return port
}
