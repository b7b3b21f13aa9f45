import { hkdfSync } from 'node:crypto'
import type { Keyring } from './keyring.js'

/** A secret for one purpose that all servers of an instance share: made of a secret they keep (RFC 5869), and as long-lived. */
export const derivedKey = ({ signingKey }: Keyring, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', signingKey.privateKey, '', purpose, 32))
