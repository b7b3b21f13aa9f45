import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startReady } from '../support/command-line.js'

const unfinished = 500
const idle = 1_000

test('500 who never finish their headers, and 1000 idle connections, keep nobody from being answered, and the 500 are dropped', async () => {
  const { ready } = await startReady('--memory')
  const port = Number(new URL(ready.url).port)
  const open = async (text: string): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    socket.on('error', () => {})
    await once(socket, 'connect')
    socket.write(text)
    return socket
  }
  const opened = (count: number, text: string) => Promise.all(Array.from({ length: count }, () => open(text)))
  const create = async (username: string) => {
    const response = await fetch(`${ready.url}/v1/users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ready.secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ username }),
    })
    return response.status
  }

  const slow = await opened(unfinished, 'GET /v1/users HTTP/1.1\r\nhost: a\r\nx-slow: ')
  const answers = slow.map(async (socket) => String(await once(socket, 'data')))
  const waiting = await opened(idle, 'GET /health/live HTTP/1.1\r\nhost: a\r\n\r\n')
  await Promise.all(waiting.map((socket) => once(socket, 'data')))
  const dribble = setInterval(() => slow.forEach((socket) => void (socket.writable && socket.write('x'))), 1_000)
  onTestFinished(() => clearInterval(dribble))

  const names = Array.from({ length: 50 }, (_, n) => `user-${n}`)
  expect(await Promise.all(names.map(create))).toEqual(names.map(() => 200))
  expect(slow.filter(({ closed }) => closed)).toEqual([])

  for (const answer of await Promise.all(answers)) expect(answer).toMatch(/^HTTP\/1\.1 408 /)
  await vi.waitFor(() => expect(slow.filter(({ closed }) => !closed)).toEqual([]), { timeout: 10_000 })
  expect(waiting.filter(({ closed }) => closed)).toEqual([])
  expect(await create('afterwards')).toBe(200)
}, 90_000)

test('while many passwords are hashed, everybody else is answered', async () => {
  const { ready } = await startReady('--memory')
  const headers = { authorization: `Bearer ${ready.secretKey}`, 'content-type': 'application/json' }
  let hashed = 0
  const creations = Array.from({ length: 60 }, async (_, n) => {
    const body = JSON.stringify({ username: `user-${n}`, password: `a long enough secret ${n}` })
    const { status } = await fetch(`${ready.url}/v1/users`, { method: 'POST', headers, body })
    hashed++
    return status
  })
  for (let asked = 0; asked < 20; asked++) {
    expect((await fetch(`${ready.url}/health/ready`)).status).toBe(200)
    expect((await fetch(`${ready.url}/v1/users?limit=1`, { headers })).status).toBe(200)
  }
  expect(hashed, 'forty others were answered before the passwords were hashed').toBeLessThan(60)
  expect(await Promise.all(creations)).toEqual(creations.map(() => 200))
}, 60_000)
