import { describe, expect, test } from 'vitest'
import { Clerk } from '../../src/clerk.js'
import type { SubApis } from '../../src/sub-apis.js'
import type { CallOptions } from '../../src/transport/abort.js'
import { startJSON } from './server.js'

/** A way to call an operation, and what that is on the wire. */
export interface Operation<Api> {
  call: (api: Api, id: string, options: CallOptions) => Promise<unknown>
  /** `METHOD /path?query`, where the id is `id_1`. */
  request: string
  /** The body that is sent. */
  body?: string
  /** What the server answers. */
  answer: unknown
  /** What the call gives. */
  gives: unknown
}

/** Tests what every operation must do, for those of one sub-API; they are told by `method(…)`. */
export function testOperations<Name extends keyof SubApis>(
  name: Name,
  operations: Readonly<Record<string, Operation<SubApis[Name]>>>,
): void {
  const rows = Object.entries(operations)

  async function start(answer: unknown) {
    const server = await startJSON(answer)
    return { ...server, api: new Clerk('test_key', { serverApiUrl: server.url })[name] }
  }

  describe(`clerk.${name}`, () => {
    test('has no operation that is missing in this table', () => {
      const methods = Object.keys(new Clerk('test_key')[name]).filter((method) => method !== 'list')
      const told = new Set(rows.map(([title]) => title.replace(/\(.*/, '')))
      expect([...told].sort()).toEqual(methods.sort())
    })

    test.each(rows)(
      '%s goes to its route, and gives its resource',
      async (_, { call, request, body, answer, gives }) => {
        const { api, requests } = await start(answer)
        expect(await call(api, 'id_1', {})).toStrictEqual(gives)
        const [method, path] = request.split(' ')
        expect(requests).toMatchObject([{ method, url: `/v1${path}`, body: body ?? '' }])
      },
    )

    test.each(rows)('%s is given up by its signal', async (_, { call, answer }) => {
      const { api, requests } = await start(answer)
      const given = call(api, 'id_1', { signal: AbortSignal.abort() })
      await expect(given).rejects.toMatchObject({ name: 'AbortError' })
      expect(requests).toEqual([])
    })

    const ofOne = rows.filter(([, { request }]) => request.includes('id_1'))
    test.each(ofOne)('%s refuses an id that is none, before any request', async (_, { call, answer }) => {
      const { api, requests } = await start(answer)
      for (const id of ['', '.', '..', null, undefined, 0, 5, {}, [], '\ud800']) {
        const error: unknown = await call(api, id as string, {}).catch((reason: unknown) => reason)
        expect(error).toStrictEqual(new Error('A valid ID is required.'))
      }
      expect(requests).toEqual([])
    })
  })
}
