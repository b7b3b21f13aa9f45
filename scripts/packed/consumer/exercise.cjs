// What a program does with the SDK, however it came by it: a call, a token, a guarded route. Nothing leaves the machine.
const assert = require('node:assert/strict')
const { generateKeyPairSync, sign } = require('node:crypto')
const { once } = require('node:events')
const { createServer } = require('node:http')

/** @param {Pick<typeof import('@clerk/clerk-sdk-node'), 'Clerk' | 'HttpError' | 'User'>} sdk */
module.exports = async function exercise({ Clerk, HttpError, User }) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const token = signToken(privateKey)
  const api = await listen(answer)
  const clerk = new Clerk({
    apiKey: 'test_key',
    serverApiUrl: api.url,
    jwtKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  })
  const guard = clerk.expressRequireSession()
  const app = await listen((request, response) =>
    guard(request, response, (error) => {
      response.statusCode = error ? Reflect.get(error, 'statusCode') : 200
      response.end(Reflect.get(request, 'session')?.userId)
    }),
  )
  try {
    const [ada] = await clerk.users.getUserList({ emailAddress: ['ada@example.com'] })
    assert(ada instanceof User)
    assert.equal(ada.firstName, 'Ada')
    const refusal = await clerk.users.getUser('user_2').catch((error) => error)
    assert(refusal instanceof HttpError)
    assert.equal(refusal.statusCode, 404)

    assert.equal((await clerk.verifyToken(token)).sub, 'user_1')
    const forged = await clerk.verifyToken(`${token.slice(0, -8)}AAAAAAAA`).catch((error) => error)
    assert.equal(forged.statusCode, 401)

    assert.equal((await fetch(app.url)).status, 401)
    const response = await fetch(app.url, { headers: { authorization: `Bearer ${token}` } })
    assert.deepEqual([response.status, await response.text()], [200, 'user_1'])
  } finally {
    for (const { server } of [api, app]) {
      server.close()
      server.closeAllConnections()
    }
  }
}

/** @type {import('node:http').RequestListener} An API with one user. */
function answer(request, response) {
  const known = request.headers.authorization === 'Bearer test_key' && request.url?.startsWith('/v1/users?')
  response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' })
  const error = { code: 'resource_not_found', message: 'not found', long_message: 'There is no such user.' }
  response.end(JSON.stringify(known ? [{ object: 'user', id: 'user_1', first_name: 'Ada' }] : { errors: [error] }))
}

/** @param {import('node:crypto').KeyObject} key */
function signToken(key) {
  const now = Math.floor(Date.now() / 1000)
  const claims = { iss: 'https://clerk.example.com', sub: 'user_1', sid: 'sess_1', iat: now, exp: now + 60 }
  const parts = [{ alg: 'RS256', typ: 'JWT', kid: 'ins_1' }, claims]
  const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`
}

/** @param {import('node:http').RequestListener} listener */
async function listen(listener) {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  return { server, url: `http://127.0.0.1:${port}` }
}
