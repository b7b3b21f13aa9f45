import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { inboxOf } from '../support/inbox.js'
import { type Instance, startInstance } from '../support/instance.js'

/** What proxies tell of a request, as somebody may write it who is none. */
const spoofed: Record<string, string>[] = [
  { host: 'evil.example' },
  { host: 'evil.example:80', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
  { forwarded: 'host=evil.example;proto=https' },
  { 'x-forwarded-server': 'evil.example', 'x-host': 'evil.example', 'x-original-host': 'evil.example' },
  {
    'x-forwarded-prefix': '//evil.example',
    'x-forwarded-port': '666',
    origin: 'https://evil.example',
    referer: 'https://evil.example/',
  },
]

const send = (server: Instance, method: string, path: string, headers: Record<string, string>, json?: object) =>
  new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    const sent = request(`${server.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${server.secretKey}`, 'content-type': 'application/json', ...headers },
    })
    sent.on('response', (response) => {
      text(response).then((body) => resolve({ status: response.statusCode, body }), reject)
    })
    sent.on('error', reject).end(json && JSON.stringify(json))
  })

describe.each([[[]], [['127.0.0.1']]])(
  'with the trusted proxies %j, no header has a say',
  (trustedProxies: string[]) => {
    const start = () =>
      startInstance({ storage: { memory: true }, publicUrl: () => 'https://id.example.com', trustedProxies })

    test('in the links of mails and of answers', async () => {
      const server = await start()
      for (const [n, headers] of spoofed.entries()) {
        const email_address = `a${n}@example.com`
        const invited = await send(server, 'POST', '/v1/invitations', headers, { email_address })
        expect(invited.status).toBe(200)
        expect(invited.body).toContain('"url":"https://id.example.com/__clerk/v1/tickets/accept?ticket=')
        const { body: user } = await server.call('POST /users', { json: { skip_user_requirement: true } })
        const signIn = await send(server, 'POST', '/v1/sign_in_tokens', headers, { user_id: user.id })
        expect(signIn.body).toContain('"url":"https://id.example.com/')
        expect(invited.body + signIn.body).not.toContain('evil')
      }
      const mails = await inboxOf(server)
      expect(mails).toHaveLength(spoofed.length)
      for (const { links } of mails) {
        expect(links.map((link) => new URL(link).origin)).toEqual(links.map(() => 'https://id.example.com'))
        expect(links.length).toBeGreaterThan(0)
      }
      expect(JSON.stringify(mails)).not.toContain('evil')
    })

    test('on the page between, and in the description', async () => {
      const server = await start()
      for (const headers of spoofed) {
        for (const path of [
          '/v1/internal/interstitial',
          `/v1/public/interstitial?publishable_key=${server.publishableKey}`,
          '/openapi.json',
        ]) {
          const { status, body } = await send(server, 'GET', path, headers)
          expect(status).toBe(200)
          expect(body, path).not.toContain('evil')
        }
      }
    })
  },
)
