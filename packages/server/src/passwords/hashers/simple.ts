import { createHash } from 'node:crypto'
import { equal, fromBase64, fromHex } from './bytes.js'
import { type Hasher, withinLimit } from './hasher.js'
import { hashRounds, mostRounds } from './rounds.js'

const unsalted = (name: 'md5' | 'sha256', length: number): Hasher => ({
  form: `${length * 2} hexadecimal digits`,
  read(digest) {
    const expected = fromHex(digest)
    if (expected?.length !== length) return undefined
    return (password) => equal(createHash(name).update(password).digest(), expected)
  },
})

export const md5 = unsalted('md5', 16)
export const sha256 = unsalted('sha256', 32)

const sha1Length = 20

/** RFC 2307's scheme with a salt, as OpenLDAP has it. */
export const ldapSsha: Hasher = {
  form: '{SSHA}<SHA-1 and salt in base64>',
  read(digest) {
    const bytes = digest.startsWith('{SSHA}') ? fromBase64(digest.slice('{SSHA}'.length)) : undefined
    if (!bytes || bytes.length <= sha1Length) return undefined
    const [expected, salt] = [bytes.subarray(0, sha1Length), bytes.subarray(sha1Length)]
    return (password) => equal(createHash('sha1').update(password).update(salt).digest(), expected)
  },
}

/** Symfony's hasher of old: SHA-512 over and over, each time of the last hash and of `password{salt}`. */
export const sha512Symfony: Hasher = {
  form: 'sha512_symfony$<iterations>$<salt>$<hash in base64>',
  read(digest) {
    const match = /^sha512_symfony\$([1-9]\d{0,9})\$([^$]*)\$([^$]+)$/.exec(digest)
    const [, iterations, salt, hash = ''] = match ?? []
    const expected = fromBase64(hash)
    if (expected?.length !== 64) return undefined
    withinLimit(Number(iterations), mostRounds, 'iterations')
    return async (password) => {
      const salted = Buffer.from(salt ? `${password}{${salt}}` : password)
      const first = createHash('sha512').update(salted).digest()
      return equal(await hashRounds('sha512', first, Number(iterations) - 1, salted), expected)
    }
  },
}
