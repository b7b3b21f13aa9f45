import { request } from 'node:http'
import type { ErrorBody } from '@clerk-server/contract'
import { expect, test } from 'vitest'
import { readErrors, startInstance } from '../support/instance.js'

const start = async () => startInstance({ storage: { memory: true } })

async function fetchErrors(url: string, init?: RequestInit) {
  const response = await fetch(url, init)
  expect(response.headers.get('content-type')).toBe('application/json')
  return { status: response.status, ...readErrors(response.status, (await response.json()) as ErrorBody) }
}

test('a path or a method that is not served is a 404 in the envelope that names it', async () => {
  const { url, secretKey } = await start()
  const headers = { authorization: `Bearer ${secretKey}` }
  for (const [method, path] of [
    ['GET', '/v1/nothing'],
    ['PUT', '/v1/users'],
    ['GET', '/nothing'],
    ['POST', '/v1/users/x/y/z'],
  ] as const) {
    const answer = await fetchErrors(url + path, { method, headers })
    expect(answer).toMatchObject({ status: 404, codes: ['resource_not_found'] })
    expect(answer.error.errors[0]?.message).toContain(`${method} ${path}`)
  }
})

test('whoever has no key is not told which paths there are', async () => {
  const { url } = await start()
  for (const path of ['/v1/users', '/v1/nothing']) {
    expect(await fetchErrors(url + path)).toMatchObject({ status: 401, codes: ['authentication_invalid'] })
  }
})

test('both spellings of the key are taken, and no other', async () => {
  const { url, secretKey, apiKey } = await start()
  const status = async (key: string) =>
    (await fetch(`${url}/v1/users`, { headers: { authorization: `Bearer ${key}` } })).status
  expect(secretKey).toMatch(/^sk_test_[0-9a-f]{64}$/)
  expect(apiKey).toBe(secretKey.replace('sk_', ''))
  expect(await status(secretKey)).toBe(200)
  expect(await status(apiKey)).toBe(200)
  for (const wrong of [
    secretKey.slice(0, -1),
    `${secretKey}0`,
    secretKey.toUpperCase(),
    `sk_live_${apiKey.slice(5)}`,
  ]) {
    expect(await status(wrong)).toBe(401)
  }
})

test('a body that announces more than it may have is refused before it is read', async () => {
  const { url, secretKey } = await start()
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const sent = request(`${url}/v1/users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json', 'content-length': 1e9 },
    })
    sent.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject)
    sent.write('{')
  })
  expect(status).toBe(413)
})

test('an answer never says how a request failed inside', async () => {
  const lines: string[] = []
  const server = await startInstance({ storage: { memory: true }, log: { write: (line) => lines.push(line) } })
  const secret = 'a secret nobody must see'
  await server.call('POST /users', { json: { email_address: [secret], password: secret } })
  await server.call('GET /users/{user_id}', { params: { user_id: 'user_none' } })
  const log = lines.join('')
  expect(log).toContain('"route":"GET /users/{user_id}"')
  expect(log).not.toContain(secret)
  expect(log).not.toContain(server.secretKey.slice(8))
})
