import { createHmac, timingSafeEqual } from 'node:crypto'

/** Milliseconds that a code is good for (OWASP ASVS 6.5.5). */
export const codeLifetime = 10 * 60 * 1000

/** The code of every recipient in test mode, as published test helpers type it. */
const testCode = '424242'

/** Makes the six digits that prove an address, and recognises them. */
export interface Codes {
  /** @param isTest whether it is to be the one that all tests know */
  make(isTest: boolean): string
  /** What is kept of a code: good for nothing without the key, and for no other verification. */
  digest(verificationId: string, code: string): string
  matches(digest: string, verificationId: string, code: string): boolean
}

/** @param random an unpredictable integer from 0 up to, but not including, its argument */
export function createCodes(key: Buffer, random: (end: number) => number): Codes {
  const hmac = (id: string, code: string) => createHmac('sha256', key).update(`${id} ${code}`).digest()
  return {
    make: (isTest) => (isTest ? testCode : String(random(1_000_000)).padStart(6, '0')),
    digest: (id, code) => hmac(id, code).toString('hex'),
    matches: (digest, id, code) => timingSafeEqual(Buffer.from(digest, 'hex'), hmac(id, code)),
  }
}
