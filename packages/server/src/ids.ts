import type { Clock } from './clock.js'
import { pooledRandomBytes } from './random-bytes.js'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const prefixes = {
  allowlistIdentifier: 'alid_',
  blocklistIdentifier: 'blid_',
  client: 'client_',
  devBrowser: 'dvb_',
  email: 'ema_',
  identification: 'idn_',
  instance: 'ins_',
  invitation: 'inv_',
  jwtTemplate: 'jtmp_',
  redirectUrl: 'ru_',
  secretKey: 'sec_',
  session: 'sess_',
  signIn: 'sia_',
  signInToken: 'sit_',
  signUp: 'sua_',
  sms: 'sms_',
  totp: 'totp_',
  user: 'user_',
  verification: 'ver_',
} as const

export type IdKind = keyof typeof prefixes

/** Makes an id that was never made before: a prefix and 27 base-62 characters. */
export type Ids = (kind: IdKind) => string

/**
 * Ids in the style of KSUIDs: 48 bits of milliseconds, then 112 random ones. They sort by the time they were made, and
 * those made by one process within a millisecond in the order they were made.
 */
export function createIds(clock: Clock, random: (size: number) => Buffer = pooledRandomBytes): Ids {
  let millisecond = 0
  let tail = 0n
  return (kind) => {
    const now = clock()
    tail = now > millisecond ? fromBytes(random(13)) : tail + 1n + fromBytes(random(5))
    millisecond = Math.max(now, millisecond)
    return prefixes[kind] + base62((BigInt(millisecond) << 112n) | tail)
  }
}

const fromBytes = (bytes: Buffer) => BigInt(`0x${bytes.toString('hex')}`)

/** Eight digits at a time are a plain number, which is divided many times as quickly. */
const eightDigits = 62n ** 8n

/** 160 bits in 27 digits, the most significant first, so that text order is number order. */
function base62(value: bigint): string {
  let digits = ''
  for (let rest = value; digits.length < 27; rest /= eightDigits) {
    let some = Number(rest % eightDigits)
    for (let n = 0; n < 8; n++) {
      digits = alphabet[some % 62] + digits
      some = Math.floor(some / 62)
    }
  }
  return digits.slice(-27)
}
