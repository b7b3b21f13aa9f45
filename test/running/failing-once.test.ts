import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { startReadyWith } from '../support/command-line.js'

/** A server that cannot load a library or a file when it first needs it, but can the next time. */
const startFailing = (name: string, ...args: string[]) => {
  const hook = fileURLToPath(new URL('../support/failing-once.mjs', import.meta.url))
  return startReadyWith({ NODE_OPTIONS: `--import=${hook}`, FAILING_ONCE: name }, '--memory', ...args)
}

test('metrics that could not be loaded at the first request are there at the next, and the server stays up', async () => {
  const { ready, log } = await startFailing('prom-client')
  expect((await fetch(`${ready.url}/v1/jwks`)).status).toBe(401)
  const shown = await fetch(`${ready.url}/metrics`)
  expect(shown.status).toBe(200)
  expect(await shown.text()).toContain('clerk_http_request_duration_seconds')
  expect(log()).not.toContain('EMFILE')
})

test('limits that could not be loaded refuse the request that they were for, and count the next', async () => {
  const { ready } = await startFailing('rate-limiter-flexible', '--rate-limits', 'api=2/3600')
  const status = async () =>
    (await fetch(`${ready.url}/v1/users`, { headers: { authorization: `Bearer ${ready.secretKey}` } })).status
  expect([await status(), await status(), await status(), await status()]).toEqual([500, 200, 200, 429])
})

test('a list of common passwords that could not be read is read for the next password', async () => {
  const { ready } = await startFailing('common-passwords.txt')
  const status = async (password: string) => {
    const response = await fetch(`${ready.url}/v1/users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ready.secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'somebody', password }),
    })
    return response.status
  }
  expect(await status('a long enough secret')).toBe(500)
  expect(await status('password')).toBe(422)
  expect(await status('a long enough secret')).toBe(200)
})
