import { hkdfSync } from 'node:crypto'
import { StartupError } from '../startup-error.js'

/** What secrets are sealed with. */
export interface EncryptionKey {
  /** For AES-256-GCM. */
  key: Buffer
  /** Tells keys apart and gives nothing of them away, so that a message can name the one that is missing. */
  fingerprint: string
}

/**
 * Reads a key of 32 bytes, in base64 (either alphabet) or hex.
 *
 * @param name what the person who set it knows it by
 * @throws StartupError (exit code 2) when it is anything else; the message does not repeat it
 */
export function readEncryptionKey(text: string, name: string): EncryptionKey {
  const bytes = decode(text.trim())
  if (bytes?.length !== 32) {
    throw new StartupError(`${name} must be 32 bytes in base64 or hex, such as "openssl rand -base64 32" prints`, {
      exitCode: 2,
    })
  }
  const derive = (purpose: string, size: number) =>
    Buffer.from(hkdfSync('sha256', bytes, '', `clerk-server ${purpose}`, size))
  return { key: derive('sealing', 32), fingerprint: derive('fingerprint', 4).toString('hex') }
}

function decode(text: string): Buffer | undefined {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex')
  return /^[A-Za-z0-9+/_-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : undefined
}
