import { readFile } from 'node:fs/promises'

/** Whether an address is of a domain, or below one, whose addresses are made to be thrown away. */
export type IsDisposable = (address: string) => Promise<boolean>

/** @param file a domain a line; made when the server is built (`tsdown.config.ts`), and read when it is first needed */
export function createDisposableDomains(file = new URL('disposable-domains.txt', import.meta.url)): IsDisposable {
  let domains: Promise<ReadonlySet<string>> | undefined
  const load = async () => new Set((await readFile(file, 'utf8')).split('\n'))

  return async (address) => {
    domains ??= load()
    const known = await domains
    const labels = address.slice(address.lastIndexOf('@') + 1).split('.')
    return labels.some((_, index) => known.has(labels.slice(index).join('.')))
  }
}
