import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose'

export interface Signer {
  /** The public key as a key set lists it. */
  jwk: JWK
  sign(claims?: Record<string, unknown>, header?: Record<string, unknown>): Promise<string>
}

export const seconds = (): number => Math.floor(Date.now() / 1000)

/** Claims of a session token that is good for a minute. */
export const goodClaims = (): JWTPayload => ({
  iss: 'https://clerk.example.com',
  sub: 'user_1',
  sid: 'sess_1',
  iat: seconds() - 10,
  exp: seconds() + 60,
})

export async function createSigner(kid: string, modulusLength = 2048): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { modulusLength, extractable: true })
  const { kty, n, e } = (await exportJWK(publicKey)) as { kty: string; n: string; e: string }
  return {
    jwk: { kty, n, e, kid, use: 'sig', alg: 'RS256' },
    sign: (claims, header = {}) => sign(privateKey, claims ?? goodClaims(), { alg: 'RS256', kid, ...header }),
  }
}

const sign = (key: CryptoKey, claims: Record<string, unknown>, header: Record<string, unknown>) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'RS256', ...header }).sign(key)

const part = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

/** A token that nobody signed. */
export const unsigned = (header: unknown, payload: unknown, signature = 'AAAA'): string =>
  `${part(header)}.${part(payload)}.${signature}`
