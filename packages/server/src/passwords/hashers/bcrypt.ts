import { createHash } from 'node:crypto'
import { type Hasher, type Verify, withinLimit } from './hasher.js'

const alphabet = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const form = '$2b$<cost>$<22 characters of salt and 31 of hash>, or $2a$ or $2y$'

/** Some libraries of old left bits standing that mean nothing; the one that verifies takes such digests for wrong. */
const withoutUnusedBits = (character: string, used: number) => alphabet[alphabet.indexOf(character) & used]

function read(digest: string): ((input: string | Buffer) => Promise<boolean>) | undefined {
  const match = /^(\$2[aby]\$(\d\d)\$[./\w]{21})([./\w])([./\w]{30})([./\w])$/.exec(digest)
  if (!match || digest.includes('_')) return undefined
  const [, start, cost, lastOfSalt = '', hash, lastOfHash = ''] = match
  if (Number(cost) < 4) return undefined
  withinLimit(Number(cost), 15, 'as its cost')
  const canonical = `${start}${withoutUnusedBits(lastOfSalt, 0x30)}${hash}${withoutUnusedBits(lastOfHash, 0x3c)}`
  return async (input) => {
    const { verify } = await import('@node-rs/bcrypt')
    return verify(input, canonical)
  }
}

/** What of a password is beyond 72 bytes bcrypt never looked at, so that here it makes no difference either. */
export const bcrypt: Hasher = { form, read }

/** As of Devise: a secret of the application is put behind each password. */
export const bcryptPeppered: Hasher = {
  form: `${form}, and $<pepper>`,
  read(digest) {
    const verify = digest[60] === '$' && digest.length > 61 ? read(digest.slice(0, 60)) : undefined
    return verify && ((password) => verify(password + digest.slice(61)))
  },
}

/** As of Django: the hexadecimal SHA-256 of a password is hashed, which no password is too long for. */
export const bcryptSha256Django: Hasher = {
  form: `bcrypt_sha256$ and ${form}`,
  read(digest): Verify | undefined {
    const prefix = 'bcrypt_sha256$'
    const verify = digest.startsWith(prefix) ? read(digest.slice(prefix.length)) : undefined
    return verify && ((password) => verify(createHash('sha256').update(password).digest('hex')))
  },
}
