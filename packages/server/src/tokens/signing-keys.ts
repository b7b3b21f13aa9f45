import type { KeyObject } from 'node:crypto'
import type { RsaPublicKeyJSON } from '@clerk-server/contract'
import type { Clock } from '../clock.js'
import { StartupError } from '../startup-error.js'
import type { SigningKey, VerificationKey } from './signing-key.js'

/** The keys of an instance: one signs, those in the key set are published, and all are accepted. */
export interface SigningKeys {
  /** The one that signs now. */
  current(): SigningKey
  /** The one a token names, unless it is none of ours, or no longer. */
  find(kid: string): VerificationKey | undefined
  /** The public halves, as the key set shows them. */
  published(): RsaPublicKeyJSON[]
}

/** A key and its times, in milliseconds since 1970; what has no end yet ends at infinity. */
export interface ScheduledKey extends VerificationKey {
  /** None in a key that no longer signs, or that this server cannot open. */
  privateKey: KeyObject | undefined
  signsFrom: number
  publishedUntil: number
  acceptedUntil: number
}

const noKey = 'the instance has no signing key that can be used: make one with clerk-server keys rotate --now'

/** @param keys in the order in which they begin to sign */
export function scheduledSigningKeys(keys: () => readonly ScheduledKey[], clock: Clock): SigningKeys {
  const published = () => keys().filter(({ publishedUntil }) => publishedUntil > clock())
  return {
    current() {
      const keys = published().filter(({ privateKey }) => privateKey !== undefined)
      // Where none has begun, the clock of this server is behind that of another one, which ended all the others.
      const key = keys.findLast(({ signsFrom }) => signsFrom <= clock()) ?? keys[0]
      if (!key) throw new StartupError(noKey)
      return key as SigningKey
    },
    find: (kid) => keys().find((key) => key.kid === kid && key.acceptedUntil > clock()),
    published: () => published().map(({ jwk }) => jwk),
  }
}
