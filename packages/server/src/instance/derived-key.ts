import { hkdfSync } from 'node:crypto'

/** A secret for one purpose that all servers of an instance share, made of its root secret (RFC 5869), and as long-lived. */
export const derivedKey = (rootSecret: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', rootSecret, '', purpose, 32))
