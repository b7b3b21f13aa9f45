import { createHmac, timingSafeEqual } from 'node:crypto'
import { isTestRecipient } from '../delivery/test-recipients.js'
import type { Environment } from '../options.js'

/** Milliseconds that a code is good for (OWASP ASVS 6.5.5). */
export const codeLifetime = 10 * 60 * 1000

/** The code of every test address and test number, as published test helpers type it. */
const testCode = '424242'

/** Makes the six digits that prove an address, and recognises them. */
export interface Codes {
  make(recipient: string): string
  /** What is kept of a code: good for nothing without the key, and for no other verification. */
  digest(verificationId: string, code: string): string
  matches(digest: string, verificationId: string, code: string): boolean
}

/** @param random an unpredictable integer from 0 up to, but not including, its argument */
export function createCodes(key: Buffer, environment: Environment, random: (end: number) => number): Codes {
  const hmac = (id: string, code: string) => createHmac('sha256', key).update(`${id} ${code}`).digest()
  return {
    make: (recipient) =>
      environment === 'development' && isTestRecipient(recipient)
        ? testCode
        : String(random(1_000_000)).padStart(6, '0'),
    digest: (id, code) => hmac(id, code).toString('hex'),
    matches: (digest, id, code) => timingSafeEqual(Buffer.from(digest, 'hex'), hmac(id, code)),
  }
}
