import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { startInstance } from '../support/instance.js'

/** Sends bytes as they are, and gives what comes back until the server has said it all. */
async function exchange(port: number, ...parts: string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8')
  let received = ''
  socket.on('data', (text: string) => {
    received += text
  })
  socket.on('error', () => {})
  await once(socket, 'connect')
  for (const part of parts) socket.write(part)
  await Promise.race([once(socket, 'close'), new Promise((resolve) => setTimeout(resolve, 300))])
  socket.destroy()
  return received
}

test('what is hardly HTTP is refused or answered, and never a failure of the server', async () => {
  const lines: string[] = []
  const server = await startInstance({ storage: { memory: true }, log: { write: (line) => lines.push(line) } })
  const port = Number(new URL(server.url).port)
  const key = `authorization: Bearer ${server.secretKey}\r\n`
  const requests: Record<string, string> = {
    'no host': `GET /v1/users HTTP/1.1\r\n${key}\r\n`,
    'a host that is none': `GET /v1/users HTTP/1.1\r\nhost: a b\r\n${key}\r\n`,
    'two hosts': `GET /v1/users HTTP/1.1\r\nhost: a\r\nhost: b\r\n${key}\r\n`,
    'an absolute target': `GET http://evil.example/v1/users HTTP/1.1\r\nhost: a\r\n${key}\r\n`,
    'an asterisk': `OPTIONS * HTTP/1.1\r\nhost: a\r\n${key}\r\n`,
    'two slashes': `GET //v1/users HTTP/1.1\r\nhost: a\r\n${key}\r\n`,
    'a backslash': `GET /\\v1/users HTTP/1.1\r\nhost: a\r\n${key}\r\n`,
    'a path that is no UTF-8': `GET /v1/users/%ff%zz HTTP/1.1\r\nhost: a\r\n${key}\r\n`,
    TRACE: `TRACE /v1/users HTTP/1.1\r\nhost: a\r\n${key}\r\n`,
    'a path of 64 kB': `GET /v1/${'x'.repeat(65_536)} HTTP/1.1\r\nhost: a\r\n${key}\r\n`,
    'a length and chunks': `POST /v1/users HTTP/1.1\r\nhost: a\r\n${key}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
    'a length that is none': `POST /v1/users HTTP/1.1\r\nhost: a\r\n${key}content-length: x\r\n\r\n`,
    'no HTTP at all': 'hello\r\n\r\n',
  }
  for (const [what, text] of Object.entries(requests)) {
    expect(await exchange(port, text), what).toMatch(/^HTTP\/1\.1 (200|4\d\d) /)
  }
  expect(lines.filter((line) => line.includes('a request failed'))).toEqual([])
  expect((await server.call('GET /users/count', {})).body.total_count).toBe(0)
})

test('headers of more than 16 KiB are answered 431, a body of more than 1 MiB 413', async () => {
  const server = await startInstance({ storage: { memory: true } })
  const port = Number(new URL(server.url).port)
  const long = `GET /v1/users HTTP/1.1\r\nhost: a\r\nx-long: ${'x'.repeat(17_000)}\r\n\r\n`
  expect(await exchange(port, long)).toMatch(/^HTTP\/1\.1 431 /)
  const { status, codes } = await server.call('POST /users', { json: { first_name: 'x'.repeat(1024 * 1024) } })
  expect({ status, codes }).toEqual({ status: 413, codes: ['request_body_too_large'] })
})

test('no answer names the software it comes from', async () => {
  const { url } = await startInstance({ storage: { memory: true } })
  const { headers } = await fetch(`${url}/v1/users`)
  expect(headers.get('server')).toBeNull()
  expect(headers.get('x-powered-by')).toBeNull()
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})
