import { Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { StorageKind } from '../support/instance.js'
import type { Served } from './client-table.js'
import { clients } from './clients.js'
import { methodsOf, operationsOf } from './matrix.js'
import { openSite, type Site, stageOf } from './stage.js'
import { observe, surfaceOf } from './surface.js'

const connections = vi.spyOn(Socket.prototype, 'connect')

/**
 * Lets every client do everything it can against a server of that kind. Each file of tests loads its clients anew, because some
 * keep the keys of the first server they meet.
 */
export function everyClient(kind: StorageKind): void {
  describe.each(clients)('$name', (client) => {
    const { name, table } = client
    const methods = methodsOf(client)
    let site: Site
    beforeAll(async () => {
      site = await openSite(kind)
    })
    afterAll(() => site.close())

    test('has no method that is not tried here', () => {
      expect(methods.filter((method) => !(method in table.served) && !(method in table.unserved))).toEqual([])
    })

    test.each(methods.filter((method) => method in table.served))('%s works', async (method) => {
      const clerk = client.connect(site.server)
      const { run } = table.served[method] as Served<object>
      const askedBy = observe(clerk, site.routes)
      await run(stageOf(site, name, clerk))
      expect(askedBy(method)).toEqual([...operationsOf(client, method)].sort())
    })

    test.each(methods.filter((method) => method in table.unserved))('%s is answered 501', async (method) => {
      const [operation, ...given] = table.unserved[method] ?? []
      const clerk = client.connect(site.server)
      const askedBy = observe(clerk, site.routes)
      const { holder, method: own } = surfaceOf(clerk).get(method) ?? {}
      const error: unknown = await Promise.resolve(holder?.[own ?? '']?.(...given)).catch((reason: unknown) => reason)
      expect(error).toMatchObject({
        status: 501,
        errors: [{ code: 'operation_not_implemented', message: `this server does not serve ${operation}` }],
      })
      expect(askedBy(method)).toEqual([operation])
    })
  })

  test('every row of the tables is a method of some client', () => {
    const known = new Set(clients.flatMap(methodsOf))
    const rows = clients.flatMap(({ table }) => [...Object.keys(table.served), ...Object.keys(table.unserved)])
    expect([...new Set(rows)].filter((row) => !known.has(row))).toEqual([])
  })

  test('no client has asked anybody but the server it was given', () => {
    const hosts = connections.mock.calls.flat(2).flatMap((given: unknown) => {
      return typeof given === 'object' && given !== null && 'host' in given ? [given.host] : []
    })
    expect([...new Set(hosts)]).toEqual(['127.0.0.1'])
  })
}
