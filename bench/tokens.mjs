import { generateKeyPairSync, sign } from 'node:crypto'

const kid = 'ins_2aBcDeFgHiJkLmNoPqRsTuVwXyZ'

/** @param {unknown} value */
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')

/**
 * Distinct session tokens as the hosted API makes them, and the public key they are good for, in every form a client asks for.
 *
 * @param {number} count
 */
export function createTokens(count) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const now = Math.floor(Date.now() / 1000)
  const tokens = Array.from({ length: count }, (_, number) => {
    const claims = {
      azp: 'https://app.example.com',
      exp: now + 3600,
      iat: now,
      iss: 'https://clerk.example.com',
      nbf: now - 10,
      sid: `sess_2aBcDeFgHiJkLmNoPqRsT${number}`,
      sub: `user_2aBcDeFgHiJkLmNoPqRsT${number}`,
    }
    const signed = `${part({ alg: 'RS256', kid, typ: 'JWT' })}.${part(claims)}`
    return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`
  })
  const jwk = publicKey.export({ format: 'jwk' })
  return {
    tokens,
    jwtKey: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    keySet: { keys: [{ ...jwk, kid, use: 'sig', alg: 'RS256' }] },
  }
}
