import { pbkdf2 } from 'node:crypto'
import { promisify } from 'node:util'
import { equal, fromBase64, fromHex, isHash } from './bytes.js'
import { type Hasher, withinLimit } from './hasher.js'

const derive = promisify(pbkdf2)

const asItIs = (text: string) => Buffer.from(text)

interface Variant {
  /** What its digests begin with. */
  prefix: string
  hash: 'sha1' | 'sha256' | 'sha512'
  salt: (text: string) => Buffer | undefined
  key: (text: string) => Buffer | undefined
  /** How salt and key are written, in words. */
  written: string
}

/** `<prefix>$<iterations>$<salt>$<key>`, and with some the length of the key in bytes behind it. */
const variant = ({ prefix, hash, salt: readSalt, key: readKey, written }: Variant): Hasher => ({
  form: `${prefix}$<iterations>$<salt>$<hash>, ${written}`,
  read(digest) {
    const [name, rounds = '', saltText = '', keyText = '', length, ...more] = digest.split('$')
    const [salt, key] = [readSalt(saltText), readKey(keyText)]
    if (name !== prefix || more.length > 0 || !/^[1-9]\d{0,9}$/.test(rounds) || !salt || !isHash(key)) return undefined
    if (length !== undefined && (hash !== 'sha1' || Number(length) !== key.length)) return undefined
    const iterations = Number(rounds)
    withinLimit(iterations, 5_000_000, 'iterations')
    return async (password) => equal(await derive(password, salt, iterations, key.length, hash), key)
  },
})

export const pbkdf2Sha1 = variant({
  prefix: 'pbkdf2_sha1',
  hash: 'sha1',
  salt: (text) => fromHex(text) ?? asItIs(text),
  key: fromHex,
  written: 'the salt in hexadecimal or as it is, the hash in hexadecimal, and $<bytes of hash> if you like',
})

export const pbkdf2Sha256 = variant({
  prefix: 'pbkdf2_sha256',
  hash: 'sha256',
  salt: fromBase64,
  key: fromBase64,
  written: 'both in base64',
})

export const pbkdf2Sha256Django = variant({
  prefix: 'pbkdf2_sha256',
  hash: 'sha256',
  salt: asItIs,
  key: fromBase64,
  written: 'the salt as it is, the hash in base64',
})

export const pbkdf2Sha512 = variant({
  prefix: 'pbkdf2_sha512',
  hash: 'sha512',
  salt: asItIs,
  key: fromHex,
  written: 'the salt as it is, the hash in hexadecimal',
})

export const pbkdf2Sha512Hex = variant({
  prefix: 'pbkdf2_sha512_hex',
  hash: 'sha512',
  salt: fromHex,
  key: fromHex,
  written: 'both in hexadecimal',
})
