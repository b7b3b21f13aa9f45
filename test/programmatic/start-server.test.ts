import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type RunningServer, startServer } from 'clerk-server'
import { describe, expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../support/command-line.js'
import { freshStorage, storageKinds } from '../support/instance.js'

async function started(...options: Parameters<typeof startServer>): Promise<RunningServer> {
  const server = await startServer(...options)
  onTestFinished(server.close)
  return server
}

const call = (
  server: RunningServer,
  path: string,
  { key = server.secretKey, json }: { key?: string | undefined; json?: object } = {},
) =>
  fetch(`${server.url}/v1${path}`, {
    method: json ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(json && { body: JSON.stringify(json) }),
  })

const userNames = async (server: RunningServer) =>
  ((await (await call(server, '/users')).json()) as { username: string }[]).map(({ username }) => username)

describe('startServer', () => {
  test('gives the address and the keys of a server that answers', async () => {
    const server = await started({ memory: true })
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(server.secretKey).toBe(`sk_${server.apiKey}`)
    expect(server.publishableKey).toMatch(/^pk_test_/)
    expect((await call(server, '/users')).status).toBe(200)
    expect((await call(server, '/users', { key: server.apiKey })).status).toBe(200)
    expect((await call(server, '/users', { key: 'sk_test_wrong' })).status).toBe(401)
  })

  test('without options keeps everything in memory', async () => {
    const server = await started()
    expect((await call(server, '/users', { json: { username: 'gone' } })).status).toBe(200)
    await server.close()
    expect(await userNames(await started())).toEqual([])
  })

  test.each(storageKinds)('keeps users and keys from one start to the next: %s', async (kind) => {
    const storage = await freshStorage(kind)
    const first = await started({ ...storage })
    expect((await call(first, '/users', { json: { username: 'kept' } })).status).toBe(200)
    await first.close()
    const second = await started({ ...storage })
    expect(second.secretKey).toBe(first.secretKey)
    expect(await userNames(second)).toEqual(['kept'])
  })

  test('several side by side know nothing of each other, neither users nor keys nor tokens', async () => {
    const [one, two] = await Promise.all([started({ memory: true }), started({ memory: true })])
    await call(one, '/users', { json: { username: 'only-one' } })
    expect(await userNames(two)).toEqual([])
    expect((await call(two, '/users', { key: one.secretKey })).status).toBe(401)
    const kids = await Promise.all([one, two].map(async (server) => (await keySet(server))[0]?.kid))
    expect(new Set(kids).size).toBe(2)
  })

  test('goes by the clock it is given, listens where it is told to, and writes the log it is given', async () => {
    const lines: string[] = []
    const port = await freePort()
    const server = await started({
      clock: () => 1_700_000_000_000,
      log: { write: (line) => void lines.push(line) },
      port,
    })
    expect(server.url).toBe(`http://127.0.0.1:${port}`)
    const response = await call(server, '/users', { json: { username: 'timed' } })
    expect(await response.json()).toMatchObject({ created_at: 1_700_000_000_000 })
    expect(lines.join('')).toContain('"route":"POST /users"')
  })

  test('refuses two storages, and an address that is taken, which lets the data directory go', async () => {
    const dataDir = await temporaryFolder()
    await expect(startServer({ memory: true, dataDir })).rejects.toThrow(TypeError)
    const port = Number(new URL((await started()).url).port)
    await expect(startServer({ dataDir, port })).rejects.toMatchObject({ name: 'StartupError', exitCode: 1 })
    await started({ dataDir })
  })

  test('close answers what was accepted, and can be called again', async () => {
    const server = await started()
    const answers = Array.from({ length: 20 }, (_, n) => call(server, '/users', { json: { username: `user-${n}` } }))
    await Promise.race(answers)
    await Promise.all([server.close(), server.close()])
    await server.close()
    for (const answer of await Promise.allSettled(answers)) {
      if (answer.status === 'fulfilled') expect(answer.value.status).toBe(200)
    }
    await expect(call(server, '/users')).rejects.toThrow(TypeError)
  })

  test('is closed by Symbol.asyncDispose, for `await using`', async () => {
    const server = await started()
    await server[Symbol.asyncDispose]()
    await expect(call(server, '/users')).rejects.toThrow(TypeError)
  })
})

describe('a process that started servers', () => {
  const entry = fileURLToPath(import.meta.resolve('clerk-server'))
  const runModule = async (code: string) => {
    const source = `import { startServer } from ${JSON.stringify(entry)}\n${code}`
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', '--input-type=module', '-e', source])
    return JSON.parse(stdout) as Record<string, number>
  }

  test('ends by itself once they are closed, and nothing is left open after fifty of them', async () => {
    const left = await runModule(`
      const round = async () => {
        const server = await startServer({ memory: true })
        await (await fetch(server.url + '/v1/users', { headers: { authorization: 'Bearer ' + server.secretKey } })).text()
        await server.close()
      }
      const descriptors = async () => (await import('node:fs')).readdirSync('/dev/fd').length
      // What is closed is gone only after another turn or two of the event loop.
      const settled = () => new Promise((resolve) => setTimeout(resolve, 200))
      for (let n = 0; n < 5; n++) await round()
      await settled()
      const before = { descriptors: await descriptors(), resources: resources() }
      function resources() {
        return process.getActiveResourcesInfo().filter((name) => /Server|Socket|Timeout|Immediate/.test(name)).length
      }
      for (let n = 0; n < 50; n++) await round()
      gc()
      const heap = process.memoryUsage().heapUsed
      for (let n = 0; n < 50; n++) await round()
      await settled()
      gc()
      console.log(JSON.stringify({
        descriptors: await descriptors() - before.descriptors,
        resources: resources() - before.resources,
        heapGrowth: process.memoryUsage().heapUsed - heap,
      }))
    `)
    expect(left['descriptors']).toBeLessThanOrEqual(2)
    expect(left['resources']).toBeLessThanOrEqual(2)
    expect(left['heapGrowth']).toBeLessThan(5 * 1024 * 1024)
  })
})

async function keySet(server: RunningServer): Promise<{ kid: string }[]> {
  return ((await (await call(server, '/jwks')).json()) as { keys: { kid: string }[] }).keys
}

async function freePort(): Promise<number> {
  const holder = createServer()
  holder.listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const { port } = holder.address() as { port: number }
  await new Promise((resolve) => holder.close(resolve))
  return port
}
