import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import type { RsaPublicKeyJSON } from '@clerk-server/contract'

/** The key pair that session tokens are signed with. */
export interface SigningKey {
  kid: string
  privateKey: KeyObject
  publicKey: KeyObject
  /** The public half as the key set shows it. */
  jwk: RsaPublicKeyJSON
}

/** @param privateKeyPem an RSA key of 2048 bits in PKCS #8 */
export function signingKey(kid: string, privateKeyPem: string): SigningKey {
  const privateKey = createPrivateKey(privateKeyPem)
  const publicKey = createPublicKey(privateKey)
  const { n, e } = publicKey.export({ format: 'jwk' }) as { n: string; e: string }
  return { kid, privateKey, publicKey, jwk: { use: 'sig', kty: 'RSA', alg: 'RS256', kid, n, e } }
}
