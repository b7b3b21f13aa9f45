import { expect } from 'vitest'
import type { Case, Differs } from '../case.js'
import { absent, type Differences } from '../difference.js'
import { calling } from '../observation.js'
import { operations } from './operations.js'

/** Both put these into the path, as one segment. */
const good = ['user_1', 'üser_ñ_😀', 'a b+c;d,e@f:g$h!i=j&k~l*m(n)']

/** Both refuse these before any request. */
const refused = ['', undefined, null, 0, false]

/** What 2.6.3 pastes into the URL as it is, whatever comes of that. */
const pasted = ['a/b', 'a?b=c', 'a#b', 'a\\b', 'a\nb', '../sessions', '%2e%2e', '%41']

/** What ours refuses, because it cannot be one segment, or because it is no text. */
const noSegments = ['.', '..', 'a\ud800']
const noTexts = [5, { id: 'user_1' }, ['user_1']]

const ofIds = Object.entries(operations).filter(([, { id }]) => id)

/** The same for every operation that takes an id. */
const withIds = (ids: readonly unknown[], differs: (path: string, id: unknown) => Differs = () => ({})): Case[] =>
  ofIds.flatMap(
    ([
      operation,
      {
        path,
        good: [, ...others],
        answer,
      },
    ]) =>
      ids.map((id) =>
        calling(
          `${operation} with the id ${JSON.stringify(id)}`,
          { operation, args: () => [id, ...others], answer: { json: answer } },
          differs(path, id),
        ),
      ),
  )

/** Where a request goes when an id is pasted into its URL. */
function destination(path: string, id: unknown): { path: string; query: Record<string, string> } {
  const { pathname, searchParams } = new URL(`http://host/v1${path.replace('{id}', () => String(id))}`)
  const segments = pathname.split('/').map((segment) => encodeURIComponent(decodeURIComponent(segment)))
  return { path: segments.join('/'), query: Object.fromEntries(searchParams) }
}

const refusedNow = (path: string, id: unknown): Differences => ({
  'sent.0': [expect.objectContaining(destination(path, id)), absent],
  'outcome.value': [expect.anything(), absent],
  'outcome.error': [absent, { '(class)': 'Error', message: 'A valid ID is required.' }],
})

export const idCases: Case[] = [
  ...withIds(good),
  ...withIds(refused),
  ...withIds(pasted, (path, id) => {
    const there = destination(path, id)
    const query = Object.entries(there.query).map(([name, value]) => [`sent.0.query.${name}`, [value, absent]])
    const segment = `/v1${path.replace('{id}', () => encodeURIComponent(String(id)))}`
    return { ids: { 'sent.0.path': [there.path, segment], ...Object.fromEntries(query) } }
  }),
  ...withIds(noSegments, (path, id) => ({ ids: refusedNow(path, id) })),
  ...withIds(noTexts, (path, id) => ({ idThatIsNoText: refusedNow(path, id) })),
  // Percent signs that encode nothing: there is no such URL.
  ...withIds(['50%'], (path) => ({
    ids: {
      'sent.0': [absent, expect.objectContaining({ path: `/v1${path.replace('{id}', '50%25')}` })],
      'outcome.value': [absent, expect.anything()],
      'outcome.error': [expect.objectContaining({ '(class)': 'HttpError', message: 'URI malformed' }), absent],
    },
  })),
]
