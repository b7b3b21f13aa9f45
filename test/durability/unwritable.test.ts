import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Libsql from 'libsql'
import { expect, onTestFinished, test } from 'vitest'
import { type Running, startReady, startReadyLimited, temporaryFolder } from '../support/command-line.js'

/** Kilobytes that a file of the server's may have: the write-ahead log reaches them before it is emptied. */
const limit = 2_048

test('when no more can be written, changes are answered 503, what is there is served, and nothing acknowledged is lost', async () => {
  const folder = await temporaryFolder()
  const server = await startReadyLimited(limit, '--data-dir', folder, '--log-level', 'error')
  const written: string[] = []
  let refused: Response
  for (;;) {
    const username = `user-${written.length}`
    const answer = await create(server, username)
    if (answer.status !== 200) {
      refused = answer
      break
    }
    written.push(username)
  }
  expect(refused.status).toBe(503)
  expect(await refused.json()).toMatchObject({ errors: [{ code: 'service_unavailable' }] })
  for (let again = 0; again < 3; again++) expect((await create(server, 'one-too-many')).status).toBe(503)
  expect(await usernames(server)).toEqual(written)
  expect(await server.stop('SIGKILL')).toBe('SIGKILL')

  const relieved = await startReady('--data-dir', folder, '--log-level', 'error')
  expect(await usernames(relieved)).toEqual(written)
  expect((await create(relieved, 'one-too-many')).status).toBe(200)
})

test('of many who write at the same time while the disk becomes full, each is kept who was told so, and nobody else', async () => {
  const folder = await temporaryFolder()
  const server = await startReadyLimited(limit, '--data-dir', folder, '--log-level', 'fatal')
  const written: string[] = []
  const statuses = new Set<number>()
  for (let round = 0; round < 20; round++) {
    const names = Array.from({ length: 15 }, (_, n) => `user-${round}-${n}`)
    const answers = await Promise.all(names.map((username) => create(server, username)))
    for (const { status } of answers) statuses.add(status)
    written.push(...names.filter((_, n) => answers[n]?.status === 200))
  }
  expect(statuses).toEqual(new Set([200, 503]))
  expect((await usernames(server)).sort()).toEqual(written.sort())
  expect(await server.stop('SIGKILL')).toBe('SIGKILL')

  const relieved = await startReady('--data-dir', folder, '--log-level', 'error')
  expect((await usernames(relieved)).sort()).toEqual(written.sort())
})

test.each(['clerk.sqlite', 'clerk.sqlite-wal'])(
  'when %s has been removed or replaced under a server, changes are answered 503, and what is there is served',
  async (name) => {
    const folder = await temporaryFolder()
    const server = await startReady('--data-dir', folder, '--log-level', 'error')
    expect((await create(server, 'before')).status).toBe(200)
    await rename(join(folder, name), join(folder, 'elsewhere'))
    await writeFile(join(folder, name), '')
    for (let again = 0; again < 3; again++) expect((await create(server, 'too-late')).status).toBe(503)
    await rm(join(folder, name))
    expect((await create(server, 'too-late')).status).toBe(503)
    expect(server.log()).toContain(`${name} was removed or replaced while it was open`)
    expect(await usernames(server)).toContain('before')
  },
)

test('while another process writes, changes wait, are answered 503 when it takes too long, and what is there is served', async () => {
  const folder = await temporaryFolder()
  const server = await startReady('--data-dir', folder, '--log-level', 'error')
  expect((await create(server, 'renamed')).status).toBe(200)
  const holder = new Libsql(join(folder, 'clerk.sqlite'))
  onTestFinished(() => void holder.close())
  holder.exec(`pragma busy_timeout = 5000; update users set username = 'early'; begin immediate`)
  // A search comes to a write, where the index is behind what is there.
  const refused = [create(server, 'late-comer'), list(server, '?query=early')]
  expect(await usernames(server)).toEqual(['early'])
  expect((await Promise.all(refused)).map(({ status }) => status)).toEqual([503, 503])
  const patient = [create(server, 'late-comer'), list(server, '?query=early')]
  expect(await usernames(server)).toEqual(['early'])
  holder.exec('rollback')
  const [created, found] = await Promise.all(patient)
  expect(created?.status).toBe(200)
  expect(await found?.json()).toMatchObject([{ username: 'early' }])
})

const headers = ({ ready }: Running) => ({
  authorization: `Bearer ${ready.secretKey}`,
  'content-type': 'application/json',
})

const create = (server: Running, username: string) =>
  fetch(`${server.ready.apiUrl}/v1/users`, {
    method: 'POST',
    headers: headers(server),
    body: JSON.stringify({ username, public_metadata: { filler: 'x'.repeat(8_000) } }),
  })

const list = (server: Running, query: string) =>
  fetch(`${server.ready.apiUrl}/v1/users${query}`, { headers: headers(server) })

async function usernames(server: Running): Promise<string[]> {
  const response = await list(server, '?limit=500&order_by=created_at')
  expect(response.status).toBe(200)
  return ((await response.json()) as { username: string }[]).map(({ username }) => username)
}
