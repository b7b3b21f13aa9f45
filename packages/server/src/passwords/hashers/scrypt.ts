import { createCipheriv, scrypt } from 'node:crypto'
import { equal, fromBase64, fromHex, isHash } from './bytes.js'
import { type Hasher, withinLimit } from './hasher.js'

interface Costs {
  cost: number
  blockSize: number
  parallelization: number
}

const megabyte = 1024 * 1024

/** RFC 7914: memory is 128 · cost · blockSize bytes, and work that times parallelization. */
function checkCosts({ cost, blockSize, parallelization }: Costs): void {
  const memory = (128 * cost * blockSize) / megabyte
  withinLimit(memory, 256, 'MiB of memory')
  withinLimit(memory * parallelization, 1024, 'MiB of memory in all its lanes')
}

const derive = (password: string, salt: Buffer, length: number, costs: Costs) =>
  new Promise<Buffer>((resolve, reject) => {
    scrypt(password, salt, length, { ...costs, maxmem: 512 * megabyte }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })

/** The derived key is not kept: it encrypts the signer key of the project, and that is what is compared. */
export const scryptFirebase: Hasher = {
  form: '<hash>$<salt>$<signer key>$<salt separator>$<rounds>$<memory cost>, the first four in base64',
  read(digest) {
    const [hashText = '', saltText = '', signerText = '', separatorText = '', rounds = '', memory = '', ...more] =
      digest.split('$')
    const [hash, salt, signerKey, separator] = [hashText, saltText, signerText, separatorText].map(fromBase64)
    if (!isHash(hash) || !salt || !signerKey || !separator || more.length > 0) return undefined
    if (!/^[1-9]\d?$/.test(rounds) || !/^[1-9]\d?$/.test(memory)) return undefined
    const costs = { cost: 2 ** Number(memory), blockSize: Number(rounds), parallelization: 1 }
    checkCosts(costs)
    return async (password) => {
      const key = await derive(password, Buffer.concat([salt, separator]), 32, costs)
      const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16))
      return equal(Buffer.concat([cipher.update(signerKey), cipher.final()]), hash)
    }
  },
}

/** Werkzeug writes the hash in hexadecimal; the official description of the digest has it in base64. */
export const scryptWerkzeug: Hasher = {
  form: 'scrypt:<cost>:<block size>:<parallelization>$<salt>$<hash in hexadecimal or base64>',
  read(digest) {
    const match = /^\$?scrypt:(\d{1,10}):(\d{1,4}):(\d{1,4})\$([^$]+)\$([^$]+)$/.exec(digest)
    const [, cost, blockSize, parallelization, salt = '', hashText = ''] = match ?? []
    const hash = fromHex(hashText) ?? fromBase64(hashText)
    const costs = { cost: Number(cost), blockSize: Number(blockSize), parallelization: Number(parallelization) }
    if (!isHash(hash) || !isPowerOfTwo(costs.cost) || costs.blockSize < 1 || costs.parallelization < 1) return undefined
    checkCosts(costs)
    return async (password) => equal(await derive(password, Buffer.from(salt), hash.length, costs), hash)
  },
}

const isPowerOfTwo = (value: number) => value > 1 && Number.isInteger(Math.log2(value))
