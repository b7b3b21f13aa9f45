import { Secret, TOTP } from 'otpauth'

/** What every authenticator application can do (RFC 6238 §5, and Google's key URI format). */
const form = { algorithm: 'SHA1', digits: 6, period: 30 } as const
/** Steps of time by which a clock may be ahead or behind (RFC 6238 §5.2). */
const window = 1
/** Bytes of a secret (RFC 4226 §4). */
const secretSize = 20

/** A new secret, in base32. */
export const newSecret = () => new Secret({ size: secretSize }).base32

/** What a picture for an authenticator application to scan says. */
export const authenticatorUri = (secret: string, account: string, application: string) =>
  new TOTP({ ...form, secret, label: account, issuer: application }).toString()

/** The step of time whose code it is; `undefined` for a code that is not of this time. */
export function stepOf(secret: string, code: string, now: number): number | undefined {
  const totp = new TOTP({ ...form, secret })
  const distance = totp.validate({ token: code.replace(/\s/g, ''), timestamp: now, window })
  return distance === null ? undefined : totp.counter({ timestamp: now }) + distance
}
