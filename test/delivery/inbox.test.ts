import { request } from 'node:http'
import type { ErrorBody } from '@clerk-server/contract'
import { describe, expect, test, vi } from 'vitest'
import { inboxOf, sendMail, sendText } from '../support/inbox.js'
import { freshStorage, production, readErrors, startInstance, storageKinds } from '../support/instance.js'

const start = () => startInstance({ storage: { memory: true } })

async function page(url: string, query = '') {
  const response = await fetch(`${url}/inbox${query}`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toMatch(/^text\/html/)
  return { html: await response.text(), headers: response.headers }
}

/** The status that a request with such headers gets, which `fetch` would not send. */
const statusOf = (url: string, path: string, headers: Record<string, string>, method = 'GET') =>
  new Promise<number | undefined>((resolve, reject) => {
    const sent = request(`${url}${path}`, { method, headers }, (response) => resolve(response.resume().statusCode))
    sent.on('error', reject).end()
  })

describe.each(storageKinds)('the inbox on %s', (kind) => {
  test('has each message as it was queued, with its code and its links, the newest first', async () => {
    const server = await startInstance({ storage: await freshStorage(kind, 'instance') })
    const body = '<p>Your code is <b>424242</b>, or <a href="https://example.com/a?b=1&amp;c=2">this link</a>.</p>'
    const mail = await sendMail(server, 'ada@example.com', { subject: 'Sign in', body })
    server.clock.now += 1
    const sms = await sendText(server, '+14155550223', 'Your code is 012345. See http://example.com/x.')
    await vi.waitFor(async () =>
      expect(await inboxOf(server)).toEqual([
        {
          id: sms.id,
          channel: 'sms',
          slug: null,
          user_id: sms.user_id,
          from: null,
          to: '+14155550223',
          subject: null,
          body: 'Your code is 012345. See http://example.com/x.',
          body_plain: null,
          code: '012345',
          links: ['http://example.com/x'],
          status: 'submitted',
          attempts: 1,
          last_error: null,
          created_at: server.clock.now,
        },
        expect.objectContaining({
          id: mail.id,
          channel: 'email',
          from: 'sales',
          to: 'ada@example.com',
          subject: 'Sign in',
          body,
          code: '424242',
          links: ['https://example.com/a?b=1&c=2'],
          status: 'submitted',
        }),
      ]),
    )
  })

  test('is read at once, however a long message is made', async () => {
    const server = await startInstance({ storage: await freshStorage(kind, 'instance') })
    const parts = ['<', '<style ', '<title></tit', '!', 'href="', "href='", '123456a', '&amp;']
    for (const [n, part] of parts.entries()) {
      const body = `https://a${part.repeat(Math.floor(500_000 / part.length))}x`
      await sendMail(server, `ada-${n}@example.com`, { body })
    }
    expect(await inboxOf(server)).toHaveLength(8)
  })

  test('is asked for one recipient, for so many, for one message, and is emptied', async () => {
    const server = await startInstance({ storage: await freshStorage(kind, 'instance') })
    const first = await sendMail(server, 'ada@example.com')
    await sendMail(server, 'bob@example.com')
    await sendText(server, '+14155550123')
    expect(await inboxOf(server, '?to=ADA@example.com')).toMatchObject([{ to: 'ada@example.com' }])
    expect(await inboxOf(server, `?to=${encodeURIComponent('+14155550123')}`)).toMatchObject([{ channel: 'sms' }])
    expect(await inboxOf(server, '?limit=2')).toHaveLength(2)
    const one = async (id: string) => fetch(`${server.url}/inbox/messages/${id}`)
    expect(await (await one(first.id)).json()).toMatchObject({ id: first.id, to: 'ada@example.com' })
    expect((await one('ema_none')).status).toBe(404)
    const remove = async (query: string) =>
      (await fetch(`${server.url}/inbox/messages${query}`, { method: 'DELETE' })).json()
    expect(await remove('?to=ada@example.com')).toEqual({ deleted: 1 })
    expect(await remove('')).toEqual({ deleted: 2 })
    expect(await inboxOf(server)).toEqual([])
  })
})

test.each(['?limit=0', '?limit=501', '?limit=x'])('the inbox refuses %s', async (query) => {
  const { url } = await start()
  const response = await fetch(`${url}/inbox/messages${query}`)
  expect(readErrors(response.status, (await response.json()) as ErrorBody)).toMatchObject({ params: ['limit'] })
  expect(response.status).toBe(422)
})

test('a production instance has no inbox', async () => {
  const { url } = await startInstance({ storage: { memory: true }, ...production })
  for (const [method, path] of [
    ['GET', '/inbox'],
    ['GET', '/inbox/messages'],
    ['GET', '/inbox/messages/x'],
    ['DELETE', '/inbox/messages'],
  ] as const) {
    const response = await fetch(url + path, { method })
    expect(response.status).toBe(404)
    expect(readErrors(404, (await response.json()) as ErrorBody).codes).toEqual(['resource_not_found'])
  }
})

describe('the page of the inbox', () => {
  test('lists the messages with their codes, and shows one', async () => {
    const server = await start()
    expect((await page(server.url)).html).toContain('Nothing has been sent yet')
    const { id } = await sendMail(server, 'ada@example.com', { subject: 'Sign in', body: 'It is 424242' })
    await sendText(server, '+14155550123', 'the text')
    const all = (await page(server.url)).html
    for (const part of ['ada@example.com', 'Sign in', '<code>424242</code>', '+14155550123', 'the text']) {
      expect(all).toContain(part)
    }
    expect(all).not.toContain('<iframe')
    const filtered = (await page(server.url, '?to=ada@example.com')).html
    expect(filtered).toContain('Sign in')
    expect(filtered).not.toContain('+14155550123')
    expect((await page(server.url, `?message=${id}`)).html).toContain('<iframe sandbox ')
  })

  test('keeps the HTML of a hostile mail inside of a frame without scripts, network or a way out', async () => {
    const server = await start()
    const hostile = `"></iframe><script>alert(1)</script><img src="https://evil.example/x" onerror="alert(2)">`
    const { id } = await sendMail(server, 'ada@example.com', { subject: '<script>alert(3)</script>', body: hostile })
    await sendText(server, '+14155550123', '</p><script>alert(4)</script>')
    const { html, headers } = await page(server.url, `?message=${id}`)
    const nonce = /script-src 'nonce-([^']+)'/.exec(headers.get('content-security-policy') ?? '')?.[1]
    expect(html.match(/<script[^>]*>/g)).toEqual([`<script nonce="${nonce}">`])
    expect(html).not.toContain('<img')
    const frame = /<iframe sandbox title="The mail" referrerpolicy="no-referrer" srcdoc="([^"]*)"><\/iframe>/.exec(html)
    expect(frame?.[1]).toMatch(/^&lt;!doctype html&gt;&lt;meta http-equiv=&quot;Content-Security-Policy&quot;/)
    expect(frame?.[1]).toContain('default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect((await page(server.url)).headers.get('content-security-policy')).not.toContain(nonce)
  })
})

describe('the inbox', () => {
  const paths = [
    ['GET', '/inbox'],
    ['GET', '/inbox/messages'],
    ['DELETE', '/inbox/messages'],
  ] as const

  test.each(paths)('answers 403 to another site that asks for %s %s', async (method, path) => {
    const { url } = await start()
    const { host, port } = new URL(url)
    for (const headers of [
      { host, origin: 'https://evil.example' },
      { host, origin: 'null' },
      { host, origin: `http://localhost:${Number(port) + 1}` },
      { host, 'sec-fetch-site': 'cross-site' },
      { host: 'evil.example' },
      { host: `evil.example:${port}` },
      { host: 'localhost.evil.example' },
      { host: '192.168.1.10' },
    ] as Record<string, string>[]) {
      expect(await statusOf(url, path, headers, method), JSON.stringify(headers)).toBe(403)
    }
  })

  test.each(paths)('answers its own page that asks for %s %s, by every name of this machine', async (method, path) => {
    const { url } = await startInstance({
      storage: { memory: true },
      publicUrl: () => 'https://Auth.example.com/some',
      inboxHosts: ['clerk'],
    })
    const { port } = new URL(url)
    for (const name of [
      `127.0.0.1:${port}`,
      `localhost:${port}`,
      `[::1]:${port}`,
      'app.localhost',
      'auth.example.com',
      'clerk:80',
    ]) {
      for (const more of [{}, { origin: `http://${name.replace(/:80$/, '')}` }, { 'sec-fetch-site': 'same-origin' }]) {
        const headers = { host: name.replace(/:80$/, ''), ...more } as Record<string, string>
        expect(await statusOf(url, path, headers, method), JSON.stringify(headers)).toBe(200)
      }
    }
  })

  test('lets no other site read, frame or keep it', async () => {
    const { url } = await start()
    const { headers } = await page(url)
    expect(headers.get('access-control-allow-origin')).toBeNull()
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('same-origin')
  })
})
