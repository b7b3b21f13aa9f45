import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { type Instance, production, startInstance } from '../support/instance.js'
import { startSignedIn } from '../support/signed-in.js'
import { site, visit } from '../support/visitor.js'

const storage = { memory: true } as const

const put = (instance: Instance, headers: Record<string, string>) =>
  visit(instance, { origin: '' }).call('PUT /client', { headers })

test.each([
  'https://evil.example',
  'http://localhost.evil.example',
  'http://localhost:3000.evil.example',
  'http://evil.example:3000',
  'http://localhost@evil.example',
  'null',
  'file://',
  '',
])('a page of %j can neither change nor read anything of a development instance', async (origin) => {
  const instance = await startInstance({ storage })
  for (const method of ['PUT', 'GET'] as const) {
    const browser = visit(instance, { origin: '' })
    const { status, codes, headers } = await browser.call(`${method} /client`, { headers: { origin } })
    expect([status, codes]).toEqual([400, ['origin_invalid']])
    expect(headers.get('access-control-allow-origin')).toBeNull()
    expect(browser.cookies.size).toBe(0)
  }
})

test.each([
  'http://localhost:3000',
  'http://127.0.0.1:1',
  'http://[::1]:8080',
  'https://app.localhost',
  'http://localhost',
])('a page of %s, which is of this machine, may ask a development instance', async (origin) => {
  const instance = await startInstance({ storage })
  const { status, headers } = await put(instance, { origin })
  expect(status).toBe(200)
  expect(headers.get('access-control-allow-origin')).toBe(origin)
  expect(headers.get('access-control-allow-credentials')).toBe('true')
  expect(headers.get('vary')).toBe('Origin')
})

test.each([
  ['https://example.com', 200],
  ['https://app.example.com', 200],
  ['http://app.example.com', 400],
  ['https://app.example.com:8443', 400],
  ['https://evilexample.com', 400],
  ['https://app.example.com.evil', 400],
  ['https://evil.tld#.example.com', 400],
  ['https://evil.tld/.example.com', 400],
  ['https://evil.tld\\.example.com', 400],
  ['https://eve@app.example.com', 400],
  ['https://APP.example.com', 400],
])('of an application at https://example.com, a page of %s is answered %d', async (origin, status) => {
  const settings = { home_url: 'https://example.com' }
  const instance = await startInstance({
    storage,
    ...production,
    settings,
    publicUrl: () => 'https://auth.example.net',
  })
  const answer = await put(instance, { origin })
  expect([answer.status, answer.codes]).toEqual([status, status === 200 ? [] : ['origin_invalid']])
})

test('a production instance is asked by its own pages and those of allowed origins only', async () => {
  const instance = await startInstance({ storage, ...production, publicUrl: () => 'https://auth.example.com' })
  await instance.call('PATCH /instance', { json: { allowed_origins: ['https://app.example.com'] } })
  for (const origin of ['https://auth.example.com', 'https://app.example.com']) {
    expect((await put(instance, { origin })).status).toBe(200)
  }
  for (const origin of [
    site,
    'http://app.example.com',
    'https://app.example.com:8443',
    'https://app.example.com.evil',
  ]) {
    const { status, codes } = await put(instance, { origin })
    expect([status, codes]).toEqual([400, ['origin_invalid']])
  }
})

test('what changes something must say its origin, in one header, and by itself', async () => {
  const instance = await startInstance({ storage })
  const refused: [Record<string, string>, string][] = [
    [{}, 'origin_missing'],
    [{ origin: `${site}, ${site}` }, 'multiple_origin_header_values_forbidden'],
    [{ origin: site, authorization: 'Bearer x' }, 'origin_authorization_headers_conflict'],
  ]
  for (const [headers, code] of refused) {
    const { status, codes } = await put(instance, headers)
    expect([status, codes]).toEqual([400, [code]])
  }
})

test('an application without cookies proves itself by the Authorization header', async () => {
  const instance = await startInstance({ storage })
  const browser = visit(instance)
  const { body } = await browser.call('PUT /client')
  const authorization = browser.cookies.get('__client') ?? ''
  const again = await visit(instance, { origin: '' }).call('POST /client', { headers: { authorization } })
  expect(again.body.id).toBe(body.id)
})

test('OPTIONS tells an allowed origin what it may send, and another nothing', async () => {
  const { url } = await startInstance({ storage })
  const ask = (origin: string) => fetch(`${url}/__clerk/v1/client`, { method: 'OPTIONS', headers: { origin } })
  const allowed = await ask(site)
  expect(allowed.status).toBe(204)
  expect(allowed.headers.get('access-control-allow-origin')).toBe(site)
  expect(allowed.headers.get('access-control-allow-methods')).toBe('GET, POST, PUT, PATCH, DELETE')
  expect((await ask('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull()
})

test('what is in no table is 404, whatever method stands in the query', async () => {
  const { url } = await startInstance({ storage })
  for (const path of ['/nothing', '/client?_method=BREW', '/client?_method=constructor']) {
    const response = await fetch(`${url}/__clerk/v1${path}`, { method: 'POST', headers: { origin: site } })
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ errors: [{ code: 'resource_not_found' }] })
  }
})

test('a token that a page of the server itself reads names the server, though such a page sends no origin', async () => {
  const { browser } = await startSignedIn('SQLite')
  const read = async (headers: Record<string, string>) => {
    const { body } = await browser.call('GET /client', { headers })
    return decodeJwt(body?.sessions[0]?.last_active_token?.jwt ?? '')['azp']
  }
  expect(await read({ 'sec-fetch-site': 'same-origin' })).toBe('http://127.0.0.1:4010')
  expect(await read({ 'sec-fetch-site': 'same-site', origin: site })).toBe(site)
  expect(await read({})).toBeUndefined()
})
