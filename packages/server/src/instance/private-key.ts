import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { madeOnce } from '../made-once.js'

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

/**
 * The one RSA key that all instances in the memory of this process have, each under a `kid` of its own: making one takes
 * longer than everything else of their start. A token names its key by the `kid` it was signed with, so one of another
 * instance is not recognised.
 */
export const sharedPrivateKey = madeOnce(makePrivateKey)

async function generate(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicExponent: 0x10001,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  return privateKey
}
