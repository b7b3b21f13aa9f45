import { createHmac, createPublicKey, generateKeyPairSync, type KeyLike, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { freshStorage, startInstance } from '../support/instance.js'
import { signIn } from '../support/sessions.js'
import { signingKeyOf } from '../support/signing-key.js'

const encode = (part: unknown) =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url')

const rsa = (content: string, key: KeyLike) => sign('sha256', Buffer.from(content), key).toString('base64url')
const hmac = (content: string, key: string) => createHmac('sha256', key).update(content).digest('base64url')

/** A session, and the means to make tokens of it that the server itself would never make. */
async function start() {
  const storage = await freshStorage('SQLite')
  const server = await startInstance({ storage })
  const { session } = await signIn(server)
  const { kid, privateKey } = await signingKeyOf(storage)
  const now = Math.floor(server.clock.now / 1000)
  const header = { alg: 'RS256', kid, typ: 'JWT' }
  const claims = { iss: 'https://clerk.localhost', sid: session.id, sub: session.user_id, iat: now, exp: now + 60 }
  /** What the server answers to a token, wherever it takes one. */
  const answers = async (token: string) => {
    const verified = await server.call('POST /sessions/{session_id}/verify', {
      params: { session_id: session.id },
      json: { token },
    })
    const client = await server.call('POST /clients/verify', { json: { token } })
    const refreshed = await server.call('POST /sessions/{session_id}/refresh', {
      params: { session_id: session.id },
      json: { expired_token: token, refresh_token: 'r', request_origin: 'https://app.example.com' },
    })
    return [verified, client, refreshed].map(({ status, codes }) => [status, ...codes].join(' '))
  }
  /** Signed by the key of the instance, whatever is signed. */
  const signed = (head: unknown, body: unknown = claims) => {
    const content = `${encode(head)}.${encode(body)}`
    return `${content}.${rsa(content, privateKey)}`
  }
  return { header, claims, privateKey, signed, answers }
}

const accepted = ['200', '200', '401 expired_session_token_missing_azp']
const refused = ['400 invalid_session_token', '400 invalid_session_token', '401 expired_session_token_invalid']

describe('a token', () => {
  test('that has what the tokens of the instance have is taken, with headers that nobody needs to understand', async () => {
    const { header, signed, answers } = await start()
    expect(await answers(signed(header))).toEqual(accepted)
    expect(await answers(signed({ ...header, extra: 1, jku: 'http://127.0.0.1:1/' }))).toEqual(accepted)
  })

  test('that insists on an extension is refused, whichever it is (RFC 7515 §4.1.11)', async () => {
    const { header, signed, answers } = await start()
    for (const crit of [['b64'], ['exp'], ['urn:example:x'], [], 'exp', null, [1]]) {
      const token = signed({ ...header, crit, b64: true, 'urn:example:x': 1 })
      expect(await answers(token), JSON.stringify(crit)).toEqual(refused)
    }
  })

  test('of another algorithm is refused, whatever key it is made with', async () => {
    const { header, claims, privateKey, signed, answers } = await start()
    const pem = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }) as string
    for (const alg of ['none', 'None', 'HS256', 'RS384', 'PS256', 'ES256', 'rs256', ['RS256'], null, undefined, 256]) {
      const content = `${encode({ ...header, alg })}.${encode(claims)}`
      const signatures = [
        '',
        hmac(content, pem),
        hmac(content, pem.trim()),
        hmac(content, `\n${pem}`),
        hmac(content, ''),
      ]
      for (const signature of signatures) expect(await answers(`${content}.${signature}`)).toEqual(refused)
      expect(await answers(signed({ ...header, alg })), String(alg)).toEqual(refused)
    }
  })

  test('that names no key of the instance is refused, also when it brings one along', async () => {
    const { header, signed, answers } = await start()
    for (const kid of [
      undefined,
      null,
      '',
      'x',
      [header.kid],
      { kid: header.kid },
      `${header.kid}\0`,
      '../../dev/null',
    ]) {
      expect(await answers(signed({ ...header, kid })), JSON.stringify(kid)).toEqual(refused)
    }
  })

  test('of a key of somebody else is refused, whatever the key is said to be', async () => {
    const { header, claims, answers } = await start()
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const jwk = publicKey.export({ format: 'jwk' })
    for (const brought of [{}, { jwk }, { x5c: ['AAAA'] }, { jku: 'http://127.0.0.1:1/' }, { jwk, kid: undefined }]) {
      const content = `${encode({ ...header, ...brought })}.${encode(claims)}`
      expect(await answers(`${content}.${rsa(content, privateKey)}`)).toEqual(refused)
    }
  })

  test('that is not in compact form is refused', async () => {
    const { header, claims, signed, answers } = await start()
    const token = signed(header)
    const [head, body, signature] = token.split('.') as [string, string, string]
    for (const wrong of [
      `${token}.`,
      `.${token}`,
      `${token}=`,
      `${token}!`,
      ` ${token}`,
      `${head}.${body}`,
      `${head}..${signature}`,
      `${head}.${body}.${signature}.${signature}.x`,
      `${head}.${body}.${signature.slice(0, 10)} ${signature.slice(10)}`,
      JSON.stringify({ protected: head, payload: body, signature }),
      signed([header]),
      signed('no JSON'),
      signed(header, [claims]),
      signed(header, 'no JSON'),
      signed(header, 'null'),
      'a'.repeat(500_000),
      '.'.repeat(100_000),
    ]) {
      expect(await answers(wrong), wrong.slice(0, 60)).toEqual(refused)
    }
  })

  test('whose times are no numbers, or whose issuer is another, proves nothing', async () => {
    const { header, claims, signed, answers } = await start()
    for (const exp of [undefined, null, String(claims.exp), [claims.exp], true]) {
      expect(await answers(signed(header, { ...claims, exp })), JSON.stringify(exp)).toEqual(refused)
    }
    for (const iss of [
      undefined,
      null,
      'https://clerk.localhost/',
      'https://clerk.localhost.evil.example',
      ['https://clerk.localhost'],
    ]) {
      expect(await answers(signed(header, { ...claims, iss })), JSON.stringify(iss)).toEqual(refused)
    }
    for (const sid of [undefined, null, 7, [claims.sid]]) {
      expect((await answers(signed(header, { ...claims, sid }))).slice(0, 2)).toEqual(refused.slice(0, 2))
    }
  })
})
