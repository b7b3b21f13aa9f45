import type { RsaPublicKeyJSON } from '@clerk-server/contract'
import type { SigningKey } from './signing-key.js'

/** The keys of an instance: one signs, all are accepted and published. */
export interface SigningKeys {
  /** The one that signs now. */
  current(): SigningKey
  /** The one a token names, unless it is none of ours. */
  find(kid: string): SigningKey | undefined
  /** The public halves, as the key set shows them. */
  published(): RsaPublicKeyJSON[]
}

export const oneSigningKey = (key: SigningKey): SigningKeys => ({
  current: () => key,
  find: (kid) => (kid === key.kid ? key : undefined),
  published: () => [key.jwk],
})
