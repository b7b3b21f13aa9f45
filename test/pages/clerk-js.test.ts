import { request } from 'node:http'
import { describe, expect, test } from 'vitest'
import { startInstance } from '../support/instance.js'

const start = () => startInstance({ storage: { memory: true } })

const entry = '/__clerk/npm/@clerk/clerk-js@5/dist/clerk.browser.js'

/** Asks for a path as it is written: `fetch` would tidy it up. */
const statusOf = (url: string, path: string) =>
  new Promise<number>((resolve, reject) => {
    const { hostname, port } = new URL(url)
    request({ hostname, port, path }, (response) => resolve(response.resume().statusCode ?? 0))
      .on('error', reject)
      .end()
  })

const messageOf = async (response: Response) =>
  ((await response.json()) as { errors: [{ message: string }] }).errors[0].message

describe('clerk-js', () => {
  test('is served to pages of every site, as UTF-8', async () => {
    const { url } = await start()
    const response = await fetch(url + entry, { headers: { origin: 'https://app.example.com' } })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(await response.text()).toContain('5.128.0')
  })

  test('has the chunks that it names, but for wallets, for a year', async () => {
    const { url } = await start()
    const names = await chunkNames(url)
    expect(names.length).toBeGreaterThan(30)
    for (const name of names) {
      const response = await fetch(new URL(name, url + entry))
      expect(response.status, name).toBe(200)
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    }
  })

  test('is asked for again after five minutes, and answered 304 where it has not changed', async () => {
    const { url } = await start()
    const first = await fetch(url + entry)
    expect(first.headers.get('cache-control')).toBe('public, max-age=300')
    const tag = String(first.headers.get('etag'))
    const second = await fetch(url + entry, { headers: { 'if-none-match': `"other", ${tag}` } })
    expect([second.status, await second.text()]).toEqual([304, ''])
    expect((await fetch(url + entry, { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
  })

  test.each([
    ['gzip, deflate', 'gzip'],
    ['identity', null],
    ['gzip;q=0', null],
  ])('is sent to whoever takes %s as %s', async (accepted, encoding) => {
    const { url } = await start()
    const response = await fetch(url + entry, { headers: { 'accept-encoding': accepted } })
    expect(response.headers.get('content-encoding')).toBe(encoding)
    expect(response.headers.get('vary')).toBe('Accept-Encoding')
    expect(await response.text()).toContain('5.128.0')
  })

  test('has headers alone for HEAD', async () => {
    const { url } = await start()
    const response = await fetch(url + entry, { method: 'HEAD' })
    expect([response.status, await response.text()]).toEqual([200, ''])
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(Number(response.headers.get('content-length'))).toBeGreaterThan(50_000)
  })

  test.each(['5', '5.128.0', '5.1.0', '^5', 'latest', 'canary', '4', '4.70.1'])(
    'is version 5 for whoever asks for %s',
    async (version) => {
      const { url } = await start()
      const response = await fetch(url + entry.replace('@5', `@${encodeURIComponent(version)}`))
      expect(response.status).toBe(200)
      expect(response.headers.get('etag')).toBe('W/"5.128.0"')
    },
  )

  test('is version 6, with its user interface, where that is installed beside the server', async () => {
    const { url } = await start()
    const script = await fetch(url + entry.replace('@5', '@6'))
    expect([script.status, script.headers.get('etag')]).toEqual([200, 'W/"6.40.0"'])
    expect(await script.text()).toContain('6.40.0')
    const userInterface = await fetch(`${url}/__clerk/npm/@clerk/ui@1/dist/ui.browser.js`)
    expect([userInterface.status, userInterface.headers.get('etag')]).toEqual([200, 'W/"1.36.0"'])
  })

  test('of a version that is not there is refused with what there is', async () => {
    const { url } = await start()
    const response = await fetch(url + entry.replace('@5', '@7'))
    expect(response.status).toBe(404)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(await messageOf(response)).toBe(
      'version 7 of @clerk/clerk-js is not installed (versions that are: 5.128.0, 6.40.0); npm install @clerk/clerk-js@7 beside the server adds it',
    )
  })

  test.each([
    ['a file that is not there', entry.replace('clerk.browser', 'clerk.other')],
    ['a source map', entry.replace('.js', '.js.map')],
    ['a folder', '/__clerk/npm/@clerk/clerk-js@5/dist/types'],
    ['the file as it lies on the disk', `${entry}.gz`],
    ['the manifest', '/__clerk/npm/@clerk/clerk-js@5/dist/../package.json'],
    ['the manifest, encoded', '/__clerk/npm/@clerk/clerk-js@5/dist/..%2Fpackage.json'],
    ['a file elsewhere, encoded', '/__clerk/npm/@clerk/clerk-js@5/dist/..%2f..%2findex.js'],
    ['a file elsewhere, with backslashes', '/__clerk/npm/@clerk/clerk-js@5/dist/..%5C..%5Cindex.js'],
    ['a file elsewhere, cut off', '/__clerk/npm/@clerk/clerk-js@5/dist/..%2f..%2findex.js%00.js'],
    ['a property of all objects', '/__clerk/npm/@clerk/clerk-js@5/dist/constructor'],
    ['another package', '/__clerk/npm/@clerk/backend@3/dist/index.js'],
    ['a package elsewhere', '/__clerk/npm/@clerk/..%2Fexpress@5/dist/index.js'],
  ])('gives nobody %s', async (_, path) => {
    const { url } = await start()
    expect(await statusOf(url, path)).toBe(404)
  })
})

/** What the entry loads by itself: it has a table of the names of its chunks, and the hash that they share. */
async function chunkNames(url: string): Promise<string[]> {
  const text = await (await fetch(url + entry)).text()
  const [, table = '', hash = ''] =
    /\{([^{}]+)\}\)\[\w\]\|\|\w\)\+"_clerk\.browser_"[\s\S]{0,80}?=>"([0-9a-f]{6})/.exec(text) ?? []
  const names = [...table.matchAll(/:"([\w-]+)"/g)].map(([, name]) => `${name}_clerk.browser_${hash}_5.128.0.js`)
  return names.filter((name) => !/wallet|base-account/.test(name))
}
