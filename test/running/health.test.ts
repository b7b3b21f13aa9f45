import { describe, expect, test } from 'vitest'
import { freshStorage, startInstance, storageKinds } from '../support/instance.js'
import { freshDatabase } from '../support/postgres.js'

const ask = async (url: string) => {
  const response = await fetch(url)
  return { status: response.status, type: response.headers.get('content-type'), body: await response.json() }
}

describe.each(storageKinds)('health on %s', (kind) => {
  test('a server is live and ready, without a key', async () => {
    const { url } = await startInstance({ storage: await freshStorage(kind, 'instance') })
    expect(await ask(`${url}/health/live`)).toEqual({ status: 200, type: 'application/json', body: { status: 'live' } })
    expect(await ask(`${url}/health/ready`)).toEqual({
      status: 200,
      type: 'application/json',
      body: { status: 'ready' },
    })
  })
})

test('a server whose database has gone is live, but not ready', async () => {
  const database = await freshDatabase()
  const { url } = await startInstance({ storage: { databaseUrl: database.url } })
  await database.drop()
  expect(await ask(`${url}/health/live`)).toMatchObject({ status: 200 })
  expect(await ask(`${url}/health/ready`)).toMatchObject({ status: 503, body: { status: 'unavailable' } })
})
