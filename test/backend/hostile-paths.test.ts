import { request } from 'node:http'
import { expect, test } from 'vitest'
import { type Instance, startInstance } from '../support/instance.js'

/** Asks for a path as it stands: `fetch` would write it anew. */
const ask = ({ url }: Instance, path: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const sent = request(url, { method, path, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode, text }))
    })
    sent.on('error', reject).end()
  })

const spellings = (path: string): string[] => [
  path,
  `/${path}`,
  `//${path}`,
  `/.${path}`,
  `/x/..${path}`,
  `/x/%2e%2e${path}`,
  path.replace('/v1/', '/v1//'),
  path.replace('/v1/', '/v1/./'),
  path.replace('/v1/', '/v1/x/../'),
  path.replace('/v1/', '/v1%2f'),
  path.replace('/v1/', '/v1%252f'),
  path.replace('/v1/', '/%76%31/'),
  path.replace('/v1/', '/%2576%2531/'),
  path.replace('/v1/', '/V1/'),
  path.replace('/v1/', '/v1;/'),
  path.replace('/v1/', '/v1;a=b/'),
  path.replace('/v1/', '\\v1\\'),
  path.replace('/v1/', '/v1%5c'),
  path.replace('/v1/', '/v1/%2e/'),
  path.replace('/v1/', '/'),
  path.replace('users', '%75sers'),
  path.replace('users', 'USERS'),
  path.replace('users', '%ef%bd%95sers'),
  `${path}/`,
  `${path};`,
  `${path};.jwks`,
  `${path}%00`,
  `${path}%20`,
  `${path}.json`,
  `${path}?__clerk_api_version=2025-11-10&_method=GET`,
  `${path}#/v1/jwks`,
  `/v1/public/interstitial/../../..${path}`,
  `/v1/jwks/..${path.slice(3)}`,
  `/health/live/../..${path}`,
  `http://127.0.0.1${path}`,
]

test('no spelling of a path gets past the secret key', async () => {
  const server = await startInstance({ storage: { memory: true } })
  const { body: user } = await server.call('POST /users', { json: { username: 'somebody_there' } })
  for (const path of ['/v1/users', `/v1/users/${user.id}`, '/v1/users/count', '/v1/jwks']) {
    for (const spelling of spellings(path)) {
      for (const method of ['GET', 'HEAD', 'OPTIONS', 'DELETE', 'X-GET']) {
        const { status, text } = await ask(server, spelling, {}, method).catch(() => ({ status: 400, text: '' }))
        expect([400, 401, 404, 405], `${method} ${spelling}`).toContain(status)
        expect(text, spelling).not.toMatch(/somebody_there|total_count|"kty"/)
      }
    }
  }
  expect((await server.call('GET /users/count', {})).body.total_count).toBe(1)
})

test('a path in another spelling leads with the key to what it leads to, or to nothing', async () => {
  const server = await startInstance({ storage: { memory: true } })
  const headers = { authorization: `Bearer ${server.secretKey}` }
  for (const spelling of spellings('/v1/users')) {
    const { status } = await ask(server, spelling, headers).catch(() => ({ status: 400 }))
    expect([200, 400, 404], spelling).toContain(status)
  }
})

test('no header changes what is asked for', async () => {
  const server = await startInstance({ storage: { memory: true } })
  for (const name of [
    'x-original-url',
    'x-rewrite-url',
    'x-forwarded-uri',
    'x-middleware-subrequest',
    'x-http-method-override',
  ]) {
    for (const value of ['/v1/users', '/v1/jwks', 'GET', 'src/middleware']) {
      expect((await ask(server, '/v1/users', { [name]: value })).status, `${name}: ${value}`).toBe(401)
      expect((await ask(server, '/health/live', { [name]: value })).text, `${name}: ${value}`).toBe('{"status":"live"}')
    }
  }
})
