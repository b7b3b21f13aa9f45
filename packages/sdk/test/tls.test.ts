import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { inspect } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Certificate, certificate } from '../../../test/support/certificates.js'
import { ConnectionError } from '../src/errors.js'
import type { HttpOptions } from '../src/transport/http-options.js'
import { testRequest } from './support/client.js'

const good = await certificate('localhost')
const expired = await certificate('localhost', -1)
const elsewhere = await certificate('elsewhere.example')

/** A real server on a free port of `localhost`. It answers with the name that the caller shows. */
async function startSecure({ key, cert }: Certificate): Promise<string> {
  const server = createServer({ key, cert, requestCert: true, rejectUnauthorized: false }, (request, response) => {
    const shown = (request.socket as TLSSocket).getPeerCertificate().subject?.CN
    response.end(JSON.stringify({ object: 'user', id: shown ?? 'nobody' }))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, 'localhost', resolve)
  })
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `https://localhost:${(server.address() as AddressInfo).port}`
}

const call = (url: string, httpOptions: HttpOptions) =>
  testRequest(url, { retry: 0, ...httpOptions }).request('GET /users/{user_id}', { params: { user_id: 'user_1' } })

describe('a server whose certificate', () => {
  test.each<[string, Certificate, string[], string]>([
    ['is vouched for by nobody', good, [], 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['is over', expired, [expired.cert], 'CERT_HAS_EXPIRED'],
    ['is for another host', elsewhere, [elsewhere.cert], 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('%s is not spoken to', async (_, shown, trusted, code) => {
    const https = trusted.length > 0 ? { certificateAuthority: trusted } : {}
    const error: unknown = await call(await startSecure(shown), { https }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).toMatchObject({ statusCode: 500, code, route: 'GET /users/{user_id}' })
    expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain('test_key')
  })
})

describe('httpOptions.https', () => {
  test('trusts the given authority', async () => {
    const https = { certificateAuthority: good.cert }
    expect(await call(await startSecure(good), { https })).toMatchObject({ id: 'nobody' })
  })

  test('shows the given certificate', async () => {
    const https = { certificateAuthority: good.cert, key: elsewhere.key, certificate: elsewhere.cert }
    expect(await call(await startSecure(good), { https })).toMatchObject({ id: 'elsewhere.example' })
  })

  test('trusts anybody with rejectUnauthorized: false, which no other instance does then', async () => {
    const url = await startSecure(good)
    expect(await call(url, { https: { rejectUnauthorized: false } })).toMatchObject({ id: 'nobody' })
    await expect(call(url, {})).rejects.toMatchObject({ statusCode: 500, code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
  })

  test('asks checkServerIdentity, also where another instance has a connection already', async () => {
    const url = await startSecure(elsewhere)
    const trusting = { certificateAuthority: elsewhere.cert, checkServerIdentity: () => undefined }
    expect(await call(url, { https: trusting })).toMatchObject({ id: 'nobody' })
    const checkServerIdentity = () => Object.assign(new Error('not this one'), { code: 'NOT_THIS_ONE' })
    await expect(call(url, { https: { ...trusting, checkServerIdentity } })).rejects.toMatchObject({
      statusCode: 500,
      message: 'not this one',
      code: 'NOT_THIS_ONE',
    })
  })
})
