import { readFile } from 'node:fs/promises'
import { madeOnce } from '../made-once.js'

/** The list is made when the server is built (`tsdown.config.ts`), lies beside it, and is read when first needed. */
const commonPasswords = madeOnce(async (): Promise<ReadonlySet<string>> => {
  return new Set((await readFile(new URL('common-passwords.txt', import.meta.url), 'utf8')).split('\n'))
})

/** Whether a password is one of those that are tried first (OWASP ASVS 6.2.4), in whatever case it is written. */
export const isCommon = async (password: string): Promise<boolean> =>
  (await commonPasswords()).has(password.toLowerCase())
