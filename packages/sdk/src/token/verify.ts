import type { KeyObject } from 'node:crypto'
import { builtins } from '../builtins.js'
import type { ReadySettings } from '../options.js'
import { acceptedClaims } from './claims.js'
import { type Decoded, type JwtPayload, takeApart } from './decode.js'
import { tokenError } from './errors.js'
import { KeySet } from './key-set.js'
import { fetchKeySet } from './key-source.js'
import { SignatureCache } from './signature-cache.js'

/** Verifies tokens by one group of settings. Keys and signatures that it knows end with it: other settings need another. */
export class Verifier {
  readonly #settings: ReadySettings
  readonly #keys: KeySet
  readonly #signatures: SignatureCache

  constructor(settings: ReadySettings) {
    this.#settings = settings
    // Ages are measured on a clock that nobody sets.
    const elapsed = () => performance.now()
    this.#keys = new KeySet(() => fetchKeySet(settings, Date.now), settings.jwksCacheMaxAge, elapsed)
    this.#signatures = new SignatureCache(settings.tokenCacheSize)
  }

  /**
   * The claims of a token that is signed by one of the keys, is of its time, comes from an accepted issuer, and is for
   * the audience and the parties of the settings. They are the caller's own: nobody else gets the same object.
   */
  async verify(token: string): Promise<JwtPayload> {
    const decoded = takeApart(token)
    if (!decoded) throw tokenError('not-a-jwt', 'Failed to verify token: it is not a JWT')
    assertAlgorithm(decoded)
    const key = this.#settings.publicKey ?? (await this.#keys.find(decoded.header['kid']))
    const id = this.#signatures.idOf(token)
    if (!this.#signatures.take(id, key)) assertSignature(decoded, key)
    const claims = acceptedClaims(decoded.payload, this.#settings, Date.now())
    // A token that never expires would never be forgotten by its age.
    if (claims.exp !== undefined) this.#signatures.add(id, key)
    return claims
  }
}

/** Before any key is looked for, so that a token which could never pass costs no request. */
function assertAlgorithm({ header, signature }: Decoded): void {
  if (signature === '') throw tokenError('wrong-signature', 'jwt signature is required')
  // RS256 only: the token does not choose how it is checked.
  if (header['alg'] !== 'RS256') throw tokenError('wrong-algorithm', 'invalid algorithm')
  if (header['crit'] !== undefined) throw tokenError('unsupported-header', 'unsupported critical header')
  if (header['b64'] !== undefined && header['b64'] !== true)
    throw tokenError('unsupported-header', 'unsupported payload encoding')
}

function assertSignature({ signed, signature }: Decoded, key: KeyObject): void {
  const { verify } = builtins.crypto
  // The key is passed bare: with a padding beside it the same check takes almost twice as long.
  if (!verify('RSA-SHA256', Buffer.from(signed), key, Buffer.from(signature, 'base64url'))) {
    throw tokenError('wrong-signature', 'invalid signature')
  }
}
