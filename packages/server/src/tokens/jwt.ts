import { sign, verify } from 'node:crypto'
import { promisify } from 'node:util'
import type { SigningKeys } from './signing-keys.js'

export type Claims = Record<string, unknown>

/** Signs and checks the tokens of an instance: JWT (RFC 7519) in compact form, RS256 only (RFC 7518 §3.3). */
export interface Jwts {
  /** @param header goes beside `alg`, `kid` and `typ` */
  sign(claims: Claims, header?: Record<string, string>): Promise<string>
  /** The name of the key that signs now. */
  kid(): string
  /** What a token of ours claims, whatever the time is; `undefined` for a token that we did not sign. */
  read(token: string): Claims | undefined
}

export function createJwts(keys: SigningKeys): Jwts {
  return {
    async sign(claims, header = {}) {
      const { kid, privateKey } = keys.current()
      return compactJwt({ ...header, alg: 'RS256', kid, typ: 'JWT' }, claims, (content) =>
        // In the thread pool: a signature takes about a millisecond, in which nobody else would be answered.
        promisify(sign)('RSA-SHA256', content, privateKey),
      )
    },

    kid: () => keys.current().kid,

    read(token) {
      const [, head = '', body = '', signature = ''] = compactForm.exec(token) ?? []
      const kid = kidOf(decode(head))
      const key = kid === undefined ? undefined : keys.find(kid)
      if (!key) return undefined
      const authentic = verify(
        'RSA-SHA256',
        Buffer.from(`${head}.${body}`),
        key.publicKey,
        Buffer.from(signature, 'base64url'),
      )
      return authentic ? decode(body) : undefined
    },
  }
}

/** Buffer lets anything stand between the letters of base64, so that one signature could be spelt in many ways. */
const compactForm = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/

/** The key that a token of ours names; `undefined` if its header is none that we write. */
function kidOf(header: Claims | undefined): string | undefined {
  // No extension is understood here, and one that a token insists on must be (RFC 7515 §4.1.11).
  if (header?.['alg'] !== 'RS256' || 'crit' in header) return undefined
  return typeof header['kid'] === 'string' ? header['kid'] : undefined
}

/** A token in compact form (RFC 7515 §3.1). */
export async function compactJwt(
  header: { alg: string; [name: string]: string },
  claims: Claims,
  signature: (content: Buffer) => Promise<Buffer> | Buffer,
): Promise<string> {
  const content = `${encode(header)}.${encode(claims)}`
  return `${content}.${(await signature(Buffer.from(content))).toString('base64url')}`
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

function decode(part: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    return typeof value === 'object' && value !== null ? (value as Claims) : undefined
  } catch {
    return undefined
  }
}
