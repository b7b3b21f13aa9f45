import { createHash } from 'node:crypto'
import { equal } from './bytes.js'
import { type Hasher, withinLimit } from './hasher.js'
import { hashRounds, mostRounds } from './rounds.js'

const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const form = '$P$<1 character for the rounds><8 of salt><22 of hash>, or $H$'

/** Portable hashes of phpass, as of WordPress and phpBB. What is hashed is the password, or what `input` makes of it. */
const portable = (input: (password: string) => string): Hasher => ({
  form,
  read(digest) {
    const [, exponent = '', salt = '', hash = ''] = /^\$[PH]\$([./\w])([./\w]{8})([./\w]{22})$/.exec(digest) ?? []
    const rounds = 2 ** alphabet.indexOf(exponent)
    const expected = decode(hash)
    if (hash === '' || rounds < 2 ** 7 || !expected) return undefined
    withinLimit(rounds, mostRounds, 'rounds')
    return async (password) => {
      const bytes = Buffer.from(input(password))
      const first = createHash('md5').update(salt).update(bytes).digest()
      return equal(await hashRounds('md5', first, rounds, bytes), expected)
    }
  },
})

/** phpass's own base 64, the lowest bits first: 16 bytes in 22 characters. */
function decode(text: string): Buffer | undefined {
  const digits = [...text].map((character) => alphabet.indexOf(character))
  if (digits.includes(-1)) return undefined
  const value = digits.reduceRight((sum, digit) => (sum << 6n) | BigInt(digit), 0n)
  const [low, rest] = [Buffer.alloc(16), value >> 128n]
  if (rest > 0n) return undefined
  low.writeBigUInt64LE(value & 0xffff_ffff_ffff_ffffn, 0)
  low.writeBigUInt64LE(value >> 64n, 8)
  return low
}

export const phpass = portable((password) => password)

/** What systems have that kept the MD5 of each password once, and hashed that when they moved on. */
export const md5Phpass = portable((password) => createHash('md5').update(password).digest('hex'))
