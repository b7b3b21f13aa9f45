import { readFile } from 'node:fs/promises'

let loaded: Promise<ReadonlySet<string>> | undefined

/** The list is made when the server is built (`tsdown.config.ts`), lies beside it, and is read when first needed. */
async function load(): Promise<ReadonlySet<string>> {
  return new Set((await readFile(new URL('common-passwords.txt', import.meta.url), 'utf8')).split('\n'))
}

/** Whether a password is one of those that are tried first (OWASP ASVS 6.2.4), in whatever case it is written. */
export async function isCommon(password: string): Promise<boolean> {
  loaded ??= load()
  return (await loaded).has(password.toLowerCase())
}
