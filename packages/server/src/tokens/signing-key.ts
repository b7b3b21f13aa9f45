import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import type { RsaPublicKeyJSON } from '@clerk-server/contract'

/** A key that tokens are recognised by. */
export interface VerificationKey {
  kid: string
  publicKey: KeyObject
  /** As the key set shows it. */
  jwk: RsaPublicKeyJSON
}

/** A key that tokens are signed with. */
export interface SigningKey extends VerificationKey {
  privateKey: KeyObject
}

/** @param pem an RSA key of 2048 bits in SPKI */
export function verificationKey(kid: string, pem: string): VerificationKey {
  const publicKey = createPublicKey(pem)
  const { n, e } = publicKey.export({ format: 'jwk' }) as { n: string; e: string }
  return { kid, publicKey, jwk: { use: 'sig', kty: 'RSA', alg: 'RS256', kid, n, e } }
}

/** The public half (SPKI) of a private key (PKCS #8), both in PEM. */
export const publicHalf = (privateKeyPem: string) =>
  createPublicKey(createPrivateKey(privateKeyPem)).export({ type: 'spki', format: 'pem' }) as string
