import { madeOnce } from '../made-once.js'

/** Loaded when somebody comes who has such an application, as most have none. */
const otpauth = madeOnce(() => import('otpauth'))

/** What every authenticator application can do (RFC 6238 §5, and Google's key URI format). */
const form = { algorithm: 'SHA1', digits: 6, period: 30 } as const
const isCode = /^\d{6}$/
/** Steps of time by which a clock may be ahead or behind (RFC 6238 §5.2). */
const window = 1
/** Bytes of a secret (RFC 4226 §4). */
const secretSize = 20

/** A new secret, in base32. */
export async function newSecret(): Promise<string> {
  const { Secret } = await otpauth()
  return new Secret({ size: secretSize }).base32
}

/** What a picture for an authenticator application to scan says. */
export async function authenticatorUri(secret: string, account: string, application: string): Promise<string> {
  const { TOTP } = await otpauth()
  return new TOTP({ ...form, secret, label: account, issuer: application }).toString()
}

/** The step of time whose code it is; `undefined` for a code that is not of this time. */
export async function stepOf(secret: string, code: string, now: number): Promise<number | undefined> {
  const token = code.replace(/\s/g, '')
  // The library compares bytes, and fails where there are more of them than of a code.
  if (!isCode.test(token)) return undefined
  const { TOTP } = await otpauth()
  const totp = new TOTP({ ...form, secret })
  const distance = totp.validate({ token, timestamp: now, window })
  return distance === null ? undefined : totp.counter({ timestamp: now }) + distance
}
