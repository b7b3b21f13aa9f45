import { original, ours, type Subject } from '../parity/subjects.js'

/** Each case holds for the package that is replaced, which proves the case, and for the one that replaces it. */
export const both: readonly [name: string, subject: Subject][] = [
  ['2.6.3', original],
  ['this package', ours],
]

type Class = (new (data?: object) => Record<string, unknown>) & { getInstance(): object }

export const classOf = ({ exports }: Subject, name: string): Class => exports[name] as Class

type Api = Record<string, (...given: unknown[]) => Promise<Record<string, unknown>>>

/** A sub-API of a new instance. */
export function apiOf(subject: Subject, url: string, name: string): Api {
  const clerk = new subject.Clerk({ apiKey: 'test_key', serverApiUrl: url, httpOptions: { retry: 0 } })
  return clerk[name] as unknown as Api
}
