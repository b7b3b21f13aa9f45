import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
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

async function signingKeyOf(storage: Storage): Promise<{ kid: string; privateKey: string }> {
  const text =
    'dataDir' in storage
      ? await readFile(join(storage.dataDir, 'keys.json'), 'utf8')
      : String((await rowsIn(storage, 'select keys from keyring'))[0]?.['keys'])
  return (JSON.parse(text) as { signingKey: { kid: string; privateKey: string } }).signingKey
}
