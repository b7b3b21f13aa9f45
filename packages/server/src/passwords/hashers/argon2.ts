import { equal, fromBase64, isHash } from './bytes.js'
import { type Hasher, withinLimit } from './hasher.js'

/** OWASP's recommendation for argon2id: 19 MiB, two passes, one lane. */
const ours = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 }

/** Whether a digest was made by {@link digestPassword}, as it makes them now. */
export const isOurs = (digest: string): boolean =>
  digest.startsWith(`$argon2id$v=19$m=${ours.memoryCost},t=${ours.timeCost},p=${ours.parallelism}$`)

/** Hashes a password off the event loop, into the PHC string form, which names its own algorithm and parameters. */
export async function digestPassword(password: string): Promise<string> {
  const { hash } = await import('@node-rs/argon2')
  return hash(password, ours)
}

/** The numbers that the library goes by: its names for them are declared but not there at run time. */
const algorithms = { argon2i: 1, argon2id: 2 } as const
const versions = { 16: 0, 19: 1 } as const

/** PHC strings of argon2 (RFC 9106); without a version they are of version 16. */
const phc = /^\$(argon2id?)\$(?:v=(16|19)\$)?m=(\d{1,10}),t=(\d{1,10}),p=(\d{1,3})\$([^$]+)\$([^$]+)$/

const variant = (name: keyof typeof algorithms): Hasher => ({
  form: `$${name}$v=19$m=<KiB>,t=<passes>,p=<lanes>$<salt in base64>$<hash in base64>`,
  read(digest) {
    const [, algorithm, version = '16', memory, passes, lanes, saltText = '', hashText = ''] = phc.exec(digest) ?? []
    const [memoryCost, timeCost, parallelism] = [Number(memory), Number(passes), Number(lanes)]
    const [salt, expected] = [fromBase64(saltText), fromBase64(hashText)]
    if (algorithm !== name || !salt || salt.length < 8 || !isHash(expected)) return undefined
    if (timeCost < 1 || parallelism < 1 || memoryCost < 8 * parallelism) return undefined
    withinLimit(memoryCost, 256 * 1024, 'KiB of memory')
    withinLimit(memoryCost * timeCost, 1024 * 1024, 'KiB of memory in all its passes')
    return async (password) => {
      const { hashRaw } = await import('@node-rs/argon2')
      const hash = await hashRaw(password, {
        algorithm: algorithms[name],
        version: versions[version as '16' | '19'],
        memoryCost,
        timeCost,
        parallelism,
        salt,
        outputLen: expected.length,
      })
      return equal(hash, expected)
    }
  },
})

export const argon2i = variant('argon2i')
export const argon2id = variant('argon2id')
