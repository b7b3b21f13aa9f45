import { createClerkClient } from '@clerk/backend'
import { createClerkClient as createClient4 } from 'clerk-sdk-node-4.13.23'
import { describe, expect, test } from 'vitest'
import { type Instance, production, startFresh, storageKinds } from '../support/instance.js'
import { hostileUrls } from './hostile-urls.js'

describe.each(storageKinds)('redirect URLs on %s', (kind) => {
  const start = (options: Partial<typeof production> = {}) => startFresh(kind, options)

  const create = (server: Instance, url: string) => server.call('POST /redirect_urls', { json: { url } })

  test('a URL is created, read, listed and deleted', async () => {
    const server = await start()
    const ids: string[] = []
    for (const url of ['https://App.example.com/callback?a=b', 'my-app://oauth-callback', 'http://localhost:3000/in']) {
      server.clock.now += 1000
      const { status, body } = await create(server, url)
      expect({ status, body }).toEqual({
        status: 200,
        body: {
          object: 'redirect_url',
          id: expect.stringMatching(/^ru_[0-9A-Za-z]{27}$/),
          url,
          created_at: server.clock.now,
          updated_at: server.clock.now,
        },
      })
      expect((await server.call('GET /redirect_urls/{id}', { params: { id: body.id } })).body).toEqual(body)
      ids.unshift(body.id)
    }
    const list = async (query: object = {}) => (await server.call('GET /redirect_urls', { query: { ...query } })).body
    expect(await list()).toMatchObject(ids.map((id) => ({ id })))
    expect(await list({ limit: 1, offset: 1 })).toMatchObject([{ id: ids[1] }])
    expect(await list({ paginated: true, limit: 1 })).toMatchObject({ data: [{ id: ids[0] }], total_count: 3 })
    const params = { id: ids[0] as string }
    const remove = () => server.call('DELETE /redirect_urls/{id}', { params })
    expect((await remove()).body).toEqual({ object: 'redirect_url', id: params.id, deleted: true })
    expect(await remove()).toMatchObject({ status: 404, codes: ['resource_not_found'] })
    expect(await server.call('GET /redirect_urls/{id}', { params })).toMatchObject({
      status: 404,
      codes: ['resource_not_found'],
    })
  })

  test('two spellings of one URL are one, also at the same time', async () => {
    const server = await start()
    expect(await create(server, 'https://app.example.com')).toMatchObject({ status: 200 })
    const again = await create(server, 'HTTPS://APP.example.com:443/')
    expect(again).toMatchObject({ status: 400, codes: ['duplicate_record'], params: ['url'] })
    expect(await create(server, 'https://app.example.com/Path')).toMatchObject({ status: 200 })
    expect(await create(server, 'https://app.example.com/path')).toMatchObject({ status: 200 })
    const answers = await Promise.all(Array.from({ length: 50 }, () => create(server, 'my-app://callback')))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 49 }, () => 400)])
  })

  test('a URL that leads elsewhere than it seems to is refused', async () => {
    const server = await start()
    for (const url of [
      ...hostileUrls,
      'my-app:callback',
      'my-app://you@callback',
      'my-app://call\\back',
      'my app://x',
    ]) {
      expect(await create(server, url), url).toMatchObject({
        status: 422,
        codes: ['form_param_format_invalid'],
        params: ['url'],
      })
    }
    expect(await create(server, `https://example.com/${'x'.repeat(2048)}`)).toMatchObject({
      status: 422,
      codes: ['form_param_max_length_exceeded'],
    })
    const missing = await server.call('POST /redirect_urls', { form: {} })
    expect(missing).toMatchObject({ status: 422, codes: ['form_param_missing'], params: ['url'] })
    expect((await server.call('GET /redirect_urls', {})).body).toEqual([])
  })

  test('in production, a URL is encrypted on its way', async () => {
    const server = await start(production)
    const refused = await create(server, 'http://app.example.com')
    expect(refused).toMatchObject({ status: 422, codes: ['insecure_url'], params: ['url'] })
    expect(await create(server, 'https://app.example.com')).toMatchObject({ status: 200 })
    expect(await create(server, 'my-app://callback')).toMatchObject({ status: 200 })
  })

  test('version 4.13.23 creates, lists and deletes', async () => {
    const server = await start()
    const { redirectUrls } = createClient4({ secretKey: server.secretKey, apiUrl: server.url })
    const one = await redirectUrls.createRedirectUrl({ url: 'my-app://callback' })
    expect(await redirectUrls.getRedirectUrlList()).toEqual([one])
    expect(await redirectUrls.deleteRedirectUrl(one.id)).toMatchObject({ id: one.id })
  })

  test('@clerk/backend 3.25 creates, reads, lists and deletes', async () => {
    const server = await start()
    const { redirectUrls } = createClerkClient({ apiUrl: server.url, secretKey: server.secretKey })
    const one = await redirectUrls.createRedirectUrl({ url: 'https://app.example.com/callback' })
    expect(await redirectUrls.getRedirectUrl(one.id)).toMatchObject({ url: 'https://app.example.com/callback' })
    expect(await redirectUrls.getRedirectUrlList()).toMatchObject({ data: [{ id: one.id }], totalCount: 1 })
    expect(await redirectUrls.deleteRedirectUrl(one.id)).toMatchObject({ id: one.id })
  })
})
