import { Webhook } from 'standardwebhooks'
import { describe, expect, test, vi } from 'vitest'
import { startHook } from '../support/hook.js'
import { inboxOf, sendText } from '../support/inbox.js'
import { freshStorage, type Instance, production, startInstance, storageKinds } from '../support/instance.js'

const webhookSecret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
const eventually = (expectation: () => void | Promise<void>) =>
  vi.waitFor(expectation, { timeout: 15_000, interval: 20 })

async function stateOf(server: Pick<Instance, 'url'>) {
  const [message] = await inboxOf(server)
  return message && { status: message.status, attempts: message.attempts, error: message.last_error }
}

describe.each(storageKinds)('a text message on %s', (kind) => {
  test('is posted to the hook, signed as Standard Webhooks says', async () => {
    const hook = await startHook()
    const server = await startInstance({
      storage: await freshStorage(kind, 'instance'),
      sms: { webhookUrl: hook.url, webhookSecret },
    })
    const sent = await sendText(server, '+14155550223', 'Grüße 🔑\n123456')
    await eventually(() => expect(hook.posts).toHaveLength(1))
    const [post] = hook.posts
    expect(post?.headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': sent.id })
    const event = new Webhook(webhookSecret).verify(post?.body ?? '', post?.headers as Record<string, string>)
    expect(event).toEqual({
      object: 'event',
      type: 'sms.created',
      instance_id: expect.stringMatching(/^ins_/),
      timestamp: server.clock.now,
      data: {
        object: 'sms_message',
        id: sent.id,
        slug: null,
        user_id: sent.user_id,
        phone_number_id: sent.phone_number_id,
        to_phone_number: '+14155550223',
        message: 'Grüße 🔑\n123456',
        status: 'queued',
        created_at: server.clock.now,
      },
    })
    await eventually(async () =>
      expect(await stateOf(server)).toEqual({ status: 'submitted', attempts: 1, error: null }),
    )
  })

  test('is posted again under the same id and with the same body after the hook failed', async () => {
    const hook = await startHook((response, _post, count) =>
      response.writeHead(count < 2 ? 500 : 204).end('secret words'),
    )
    const server = await startInstance({
      storage: await freshStorage(kind, 'instance'),
      sms: { webhookUrl: hook.url, webhookSecret },
    })
    await sendText(server, '+14155550223')
    await eventually(async () =>
      expect(await stateOf(server)).toEqual({ status: 'queued', attempts: 1, error: 'the hook answered 500' }),
    )
    server.clock.now += 5_000
    await eventually(async () => expect(await stateOf(server)).toMatchObject({ status: 'submitted', attempts: 2 }))
    const [first, second] = hook.posts
    expect(second?.body).toBe(first?.body)
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id'])
    const times = hook.posts.map(({ headers }) => Number(headers['webhook-timestamp']))
    expect((times[1] as number) - (times[0] as number)).toBe(5)
  })
})

describe('a hook', () => {
  const start = (webhookUrl: string, options = {}) =>
    startInstance({ storage: { memory: true }, sms: { webhookUrl, webhookSecret }, ...options })

  test.each([400, 401, 404, 410, 422])('that answers %i is not asked again', async (status) => {
    const hook = await startHook((response) => response.writeHead(status).end())
    const server = await start(hook.url)
    await sendText(server, '+14155550223')
    await eventually(async () =>
      expect(await stateOf(server)).toEqual({ status: 'failed', attempts: 1, error: `the hook answered ${status}` }),
    )
  })

  test.each([408, 500, 503])('that answers %i is asked again', async (status) => {
    const hook = await startHook((response) => response.writeHead(status).end())
    const server = await start(hook.url)
    await sendText(server, '+14155550223')
    await eventually(async () =>
      expect(await stateOf(server)).toMatchObject({ status: 'queued', attempts: 1, error: expect.any(String) }),
    )
  })

  test('is left alone for as long as it asks', async () => {
    const hook = await startHook((response, _post, count) =>
      count === 1 ? response.writeHead(429, { 'retry-after': '120' }).end() : response.end(),
    )
    const server = await start(hook.url)
    await sendText(server, '+14155550223')
    await eventually(async () =>
      expect(await stateOf(server)).toMatchObject({ attempts: 1, error: 'the hook answered 429' }),
    )
    server.clock.now += 119_000
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    expect(hook.posts).toHaveLength(1)
    server.clock.now += 1_000
    await eventually(async () => expect(await stateOf(server)).toMatchObject({ status: 'submitted' }))
  })

  test('that sends elsewhere is not followed', async () => {
    const elsewhere = await startHook()
    const hook = await startHook((response) => response.writeHead(307, { location: elsewhere.url }).end())
    const server = await start(hook.url)
    await sendText(server, '+14155550223')
    await eventually(async () =>
      expect(await stateOf(server)).toMatchObject({
        status: 'queued',
        error: expect.stringContaining('redirects are not followed'),
      }),
    )
    expect(elsewhere.posts).toEqual([])
  })

  test('that takes its time holds up no mail', async () => {
    const hook = await startHook(() => {})
    const server = await start(hook.url)
    const { body: user } = await server.call('POST /users', {
      json: { phone_number: ['+14155550223'], email_address: ['ada@example.com'] },
    })
    const text = { message: 'x', phone_number_id: user.phone_numbers[0]?.id }
    for (let n = 0; n < 6; n++) await server.call('POST /sms_messages', { json: text })
    await eventually(() => expect(hook.posts).toHaveLength(5))
    const mail = { from_email_name: 'a', subject: 'b', body: 'c', email_address_id: user.email_addresses[0]?.id }
    await server.call('POST /emails', { json: mail })
    await eventually(async () =>
      expect(await inboxOf(server, '?to=ada@example.com')).toMatchObject([{ status: 'submitted' }]),
    )
  })

  test('never hears of the test numbers of a development instance', async () => {
    const hook = await startHook()
    const server = await start(hook.url)
    await sendText(server, '+14155550123')
    await eventually(async () => expect(await stateOf(server)).toMatchObject({ status: 'submitted' }))
    await sendText(server, '+14155550223')
    await eventually(() => expect(hook.posts).toHaveLength(1))
    expect(hook.posts[0]?.body).toContain('+14155550223')
  })

  test.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '0x7f.1'])(
    'of a production instance is not at %s unless that is allowed',
    async (host) => {
      const hook = await startHook()
      const url = hook.url.replace('127.0.0.1', host)
      const lines: string[] = []
      const log = { write: (line: string) => void lines.push(line) }
      const server = await start(url, { ...production, log })
      await sendText(server, '+14155550123')
      await eventually(() => expect(lines.join('')).toContain('"reason":"private target"'))
      expect(hook.posts).toEqual([])
    },
  )

  test('of a production instance may be on this machine where that is allowed, and hears of every number', async () => {
    const hook = await startHook()
    const sms = { webhookUrl: hook.url, webhookSecret, allowPrivate: true }
    const server = await startInstance({ storage: { memory: true }, ...production, sms })
    await sendText(server, '+14155550123')
    await eventually(() => expect(hook.posts).toHaveLength(1))
  })

  test.each([
    [{ webhookUrl: 'ftp://example.com', webhookSecret }, '--sms-webhook-url must be'],
    [{ webhookUrl: 'unix:/run/hook.sock', webhookSecret }, '--sms-webhook-url must be'],
    [{ webhookUrl: 'file:///etc/passwd', webhookSecret }, '--sms-webhook-url must be'],
    [{ webhookUrl: '//example.com', webhookSecret }, '--sms-webhook-url must be'],
    [{ webhookUrl: 'https://user:hidden@example.com', webhookSecret }, '--sms-webhook-url must be'],
    [{ webhookUrl: 'https://example.com', webhookSecret: 'hidden' }, '--sms-webhook-secret must be'],
    [{ webhookUrl: 'https://example.com', webhookSecret: 'whsec_aGlkZGVu' }, '--sms-webhook-secret must be'],
  ])('that is given as %j is refused at the start', async (sms, reason) => {
    const refused = await startInstance({ storage: { memory: true }, sms }).catch((error: Error) => error)
    expect(refused).toMatchObject({ name: 'StartupError', exitCode: 2, message: expect.stringContaining(reason) })
    expect((refused as Error).message).not.toMatch(/hidden|aGlkZGVu/)
  })
})
