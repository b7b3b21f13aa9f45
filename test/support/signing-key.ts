import type { Storage } from 'clerk-server'
import { importPKCS8, type JWTPayload, SignJWT } from 'jose'
import { rowsIn } from './rows.js'

/**
 * Signs a token with the key of an instance, which is read from where the instance keeps it: what the Frontend API will
 * issue, and what only a fault of ours could.
 */
export async function signAs(storage: Storage, claims: JWTPayload): Promise<string> {
  const { kid, privateKey } = await signingKeyOf(storage)
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
    .sign(await importPKCS8(privateKey, 'RS256'))
}

/** The key that an instance signs with, and what it goes by. */
export async function signingKeyOf(storage: Storage): Promise<{ kid: string; privateKey: string }> {
  const [row] = await rowsIn<{ kid: string; private_key: string }>(storage, 'select * from signing_keys')
  if (!row) throw new Error('the instance has no key')
  return { kid: row.kid, privateKey: row.private_key }
}
