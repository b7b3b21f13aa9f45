import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { StartupError } from '../startup-error.js'
import { type EncryptionKey, readEncryptionKey } from './encryption-key.js'

/**
 * Keeps secrets from whoever reads the database but not the encryption key: AES-256-GCM (NIST SP 800-38D) with a random
 * nonce for each text. Without an encryption key texts stay as they are.
 */
export interface Sealing {
  /**
   * @param place where the text is kept, such as `signing_keys.private_key:` and the row's id; what is sealed for one
   * place does not open at another
   */
  seal(place: string, text: string): string
  /** Gives back what was sealed, or what never was.
   *
   * @throws StartupError when the key is missing, is another one, or the text was changed or moved
   */
  open(place: string, sealed: string): string
  /** What texts begin with that {@link seal} makes now; `undefined` without an encryption key. */
  current: string | undefined
}

/** What every sealed text begins with. */
export const sealedPrefix = 'sealed:1:'

const prefixOf = ({ fingerprint }: EncryptionKey) => `${sealedPrefix}${fingerprint}:`

/**
 * @param encryptionKey 32 bytes in base64 or hex
 * @param previousEncryptionKey opens what was sealed before the key was changed
 * @throws StartupError (exit code 2) when one of them is no such key, or only the previous one is given
 */
export function createSealing(encryptionKey?: string, previousEncryptionKey?: string): Sealing {
  const key = read(encryptionKey, 'CLERK_SERVER_ENCRYPTION_KEY')
  const previous = read(previousEncryptionKey, 'CLERK_SERVER_ENCRYPTION_KEY_PREVIOUS')
  if (previous && !key) {
    const missing = 'CLERK_SERVER_ENCRYPTION_KEY_PREVIOUS is given without CLERK_SERVER_ENCRYPTION_KEY'
    throw new StartupError(`${missing}, which is to take its place`, { exitCode: 2 })
  }
  const known = [key, previous].filter((one) => one !== undefined)

  return {
    current: key && prefixOf(key),
    seal: (place, text) => (key ? prefixOf(key) + encrypt(key.key, place, text) : text),
    open(place, sealed) {
      if (!sealed.startsWith(sealedPrefix)) return sealed
      const fitting = known.find((one) => sealed.startsWith(prefixOf(one)))
      if (!fitting) throw new StartupError(keyNeeded(sealed, known))
      return decrypt(fitting.key, place, sealed.slice(prefixOf(fitting).length))
    },
  }
}

const read = (text: string | undefined, name: string) =>
  text === undefined ? undefined : readEncryptionKey(text, name)

function keyNeeded(sealed: string, known: EncryptionKey[]): string {
  const fingerprint = sealed.slice(sealedPrefix.length).split(':', 1)[0]
  const needed = `the keys of this instance are sealed with the encryption key whose fingerprint is ${fingerprint}`
  if (known.length === 0) return `${needed}: give it as CLERK_SERVER_ENCRYPTION_KEY`
  const given = known.map((one) => one.fingerprint).join(' and ')
  return `${needed}, and the one that is given has ${given}: give the right one as CLERK_SERVER_ENCRYPTION_KEY, or as CLERK_SERVER_ENCRYPTION_KEY_PREVIOUS to change to the new one`
}

const nonceSize = 12
const tagSize = 16

function encrypt(key: Buffer, place: string, text: string): string {
  const nonce = randomBytes(nonceSize)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place))
  const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, encrypted, cipher.getAuthTag()]).toString('base64url')
}

function decrypt(key: Buffer, place: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url')
  try {
    const nonce = bytes.subarray(0, nonceSize)
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagSize })
    decipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(-tagSize))
    return Buffer.concat([decipher.update(bytes.subarray(nonceSize, -tagSize)), decipher.final()]).toString('utf8')
  } catch (cause) {
    throw new StartupError(`the sealed secret at ${place} was changed or moved: restore the database from a backup`, {
      cause,
    })
  }
}
