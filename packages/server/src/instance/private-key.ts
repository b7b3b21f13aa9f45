import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'

let prepared: Promise<string> | undefined

/**
 * Begins to make a private key for the next {@link makePrivateKey}. It takes a few hundred milliseconds of another core,
 * in which the rest of the server can be loaded.
 */
export function preparePrivateKey(): void {
  prepared ??= generate()
}

/** A new RSA key of 2048 bits, in PKCS #8 (PEM). */
export function makePrivateKey(): Promise<string> {
  const key = prepared ?? generate()
  prepared = undefined
  return key
}

let shared: Promise<string> | undefined

/**
 * The private key that the instances in memory of this process have in common. They end with the process, and each names
 * the key by an id of its own, so that no token of one is taken by another.
 */
export function sharedPrivateKey(): Promise<string> {
  shared ??= makePrivateKey()
  return shared
}

async function generate(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicExponent: 0x10001,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  return privateKey
}
