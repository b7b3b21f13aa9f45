import { timingSafeEqual } from 'node:crypto'

/** Reads hexadecimal digits; `undefined` where there is anything else. */
export function fromHex(text: string): Buffer | undefined {
  return /^(?:[0-9a-f]{2})+$/i.test(text) ? Buffer.from(text, 'hex') : undefined
}

/** Reads base64 of either alphabet, padded or not; `undefined` where there is anything else. */
export function fromBase64(text: string): Buffer | undefined {
  if (!/^[\w+/-]+={0,2}$/.test(text)) return undefined
  const bytes = Buffer.from(text, 'base64')
  const digits = text.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_')
  return bytes.toString('base64url') === digits ? bytes : undefined
}

/** Of a digest that is shorter, too many passwords would be right. */
const shortest = 16
const longest = 256

/** Whether it has the length of what a hash function gives. */
export const isHash = (bytes: Buffer | undefined): bytes is Buffer =>
  bytes !== undefined && bytes.length >= shortest && bytes.length <= longest

export const equal = (one: Buffer, other: Buffer): boolean => one.length === other.length && timingSafeEqual(one, other)
