import { connect } from 'node:net'
import { expect, test, vi } from 'vitest'
import { type Instance, startInstance } from '../support/instance.js'

const json = { 'content-type': 'application/json' }

/** A server, and what it has said of failures of its own. */
async function start() {
  const lines: string[] = []
  const server = await startInstance({ storage: { memory: true }, log: { write: (line) => void lines.push(line) } })
  return { server, lines, failures: () => lines.filter((line) => line.includes('a request failed')) }
}

const send = (server: Instance, raw: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = json) =>
  server.call('POST /users', { raw, headers })

const nested = (depth: number, open: string, close: string) => `${open.repeat(depth)}1${close.repeat(depth)}`

test('a body that is nested however deep is refused, or read and left alone', async () => {
  const { server, failures } = await start()
  for (const depth of [1_000, 50_000]) {
    for (const value of [nested(depth, '[', ']'), nested(depth, '{"a":', '}')]) {
      for (const field of ['public_metadata', 'email_address', 'username', 'created_at']) {
        const { status } = await send(server, `{"skip_user_requirement":true,"${field}":${value}}`)
        expect(status, `${field} ${depth}`).toBe(422)
      }
      expect((await send(server, value)).status).toBe(value.startsWith('[') ? 400 : 422)
      expect((await send(server, `{"skip_user_requirement":true,"nobodys":${value}}`)).status).toBe(200)
      for (const key of ['POST /jwt_templates', 'POST /invitations', 'POST /invitations/bulk'] as const) {
        const raw = `{"name":"x","email_address":"a@example.com","public_metadata":${value},"claims":${value}}`
        const { status } = await server.call(key, { raw: key.endsWith('bulk') ? `[${raw}]` : raw, headers: json })
        expect(status, `${key} ${depth}`).toBe(422)
      }
    }
  }
  expect(failures()).toEqual([])
})

test('of a key that is given twice the last one counts, as in JSON', async () => {
  const { server } = await start()
  const { body } = await send(server, '{"username":"first_one","username":"last_one"}')
  expect(body.username).toBe('last_one')
})

test('a byte order mark is no part of JSON, and stands in nobody’s way', async () => {
  const { server } = await start()
  expect(await send(server, '\ufeff{"username":"marked"}')).toMatchObject({ status: 200, body: { username: 'marked' } })
  expect((await send(server, '\ufeff\ufeff{"username":"marked"}')).codes).toEqual(['request_body_invalid'])
})

test('half a character, a NUL and a number beyond all numbers are refused or kept, and never a failure', async () => {
  const { server, failures } = await start()
  const refused = { status: 422 }
  expect(await send(server, '{"username":"a","first_name":"\\ud800"}')).toMatchObject(refused)
  expect(await send(server, '{"external_id":"a\\u0000b"}')).toMatchObject(refused)
  expect(await send(server, '{"username":"many","create_organizations_limit":1e999}')).toMatchObject(refused)
  expect(await send(server, '{"username":"many","created_at":1e999}')).toMatchObject(refused)
  expect(failures()).toEqual([])
})

test('a request that ends before its body does, or has more than it said, leaves nothing and is no failure of the server', async () => {
  const { server, failures } = await start()
  const { port } = new URL(server.url)
  const body = '{"username":"cut_off_here"}'
  const head = `POST /v1/users HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${server.secretKey}\r\ncontent-type: application/json\r\n`
  const requests = [
    `${head}content-length: ${body.length + 10}\r\n\r\n${body}`,
    `${head}transfer-encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n`,
    `${head}transfer-encoding: chunked\r\n\r\nzz\r\n${body}\r\n0\r\n\r\n`,
    `${head}content-length: 5\r\n\r\n${body}`,
  ]
  for (const text of requests) {
    const socket = connect(Number(port), '127.0.0.1').resume()
    socket.on('error', () => {})
    socket.end(text)
    await vi.waitFor(() => expect(socket.closed).toBe(true), { timeout: 5_000 })
  }
  expect((await server.call('GET /users/count', {})).body.total_count).toBe(0)
  expect(failures()).toEqual([])
})
