import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { startReady, temporaryFolder } from '../support/command-line.js'
import { inboxOf, sendMail } from '../support/inbox.js'
import { freshStorage, type Instance, production, startInstance, storageKinds } from '../support/instance.js'
import { refusal, startMailServer } from '../support/mail-server.js'

const hour = 60 * 60 * 1000
const from = 'Example <auth@example.org>'
const through = ({ port }: { port: number }) => ({ smtpUrl: `smtp://127.0.0.1:${port}`, from })
const eventually = (expectation: () => void | Promise<void>) =>
  vi.waitFor(expectation, { timeout: 15_000, interval: 20 })

/** A log, and how often it has told of a mail that was not taken. */
function failureLog() {
  const lines: string[] = []
  const failures = () => lines.filter((line) => line.includes('"msg":"a message was not taken')).length
  return { log: { write: (line: string) => void lines.push(line) }, failures }
}

/** How the one message to a recipient got on. */
async function stateOf(server: Pick<Instance, 'url'>, to: string) {
  const [message] = await inboxOf(server, `?to=${encodeURIComponent(to)}`)
  return message && { status: message.status, attempts: message.attempts, error: message.last_error }
}

describe.each(storageKinds)('mail on %s', (kind) => {
  test('arrives as it was written, from the name it was given, and is then submitted', async () => {
    const mailServer = await startMailServer()
    const server = await startInstance({ storage: await freshStorage(kind, 'instance'), mail: through(mailServer) })
    const { id } = await sendMail(server, 'ada@example.com', {
      subject: 'Grüße, "Ada" 🔑',
      body: '<p>Zażółć</p>\n.\nend',
    })
    await eventually(() => expect(mailServer.mails).toHaveLength(1))
    const [mail] = mailServer.mails
    expect(mail).toMatchObject({
      messageId: `<${id}@example.org>`,
      subject: 'Grüße, "Ada" 🔑',
      recipients: ['ada@example.com'],
      date: new Date(Math.floor(server.clock.now / 1000) * 1000),
    })
    expect(mail?.from?.value).toEqual([{ name: 'Example', address: 'sales@example.org' }])
    expect(mail?.html).toContain('<p>Zażółć</p>\n.\nend')
    await eventually(async () =>
      expect(await stateOf(server, 'ada@example.com')).toMatchObject({ status: 'submitted' }),
    )
  })

  test('waits while the mail server is down, and arrives once when it is up again', async () => {
    const { port, close } = await startMailServer()
    await close()
    const { log, failures } = failureLog()
    const server = await startInstance({ storage: await freshStorage(kind, 'instance'), mail: through({ port }), log })
    await sendMail(server, 'ada@example.com')
    await eventually(() => expect(failures()).toBe(1))
    server.clock.now += 5_000
    await eventually(() => expect(failures()).toBe(2))
    await eventually(async () =>
      expect(await stateOf(server, 'ada@example.com')).toEqual({
        status: 'queued',
        attempts: 2,
        error: expect.stringContaining('ECONNREFUSED'),
      }),
    )
    const mailServer = await startMailServer({ port })
    server.clock.now += 10_000
    await eventually(async () =>
      expect(await stateOf(server, 'ada@example.com')).toEqual({ status: 'submitted', attempts: 3, error: null }),
    )
    expect(mailServer.mails).toHaveLength(1)
  })

  test('with a code that has expired on the way is not sent any more', async () => {
    const { port, close } = await startMailServer()
    await close()
    const { log, failures } = failureLog()
    const server = await startInstance({ storage: await freshStorage(kind, 'instance'), mail: through({ port }), log })
    const { body: user } = await server.call('POST /users', { json: { username: 'late' } })
    const address = { user_id: user.id, email_address: 'late@example.com' }
    const { body: email } = await server.call('POST /email_addresses', { json: address })
    await server.call('POST /email_addresses/{email_address_id}/prepare_verification', {
      params: { email_address_id: email.id },
    })
    await eventually(() => expect(failures()).toBe(1))
    const mailServer = await startMailServer({ port })
    server.clock.now += 10 * 60 * 1000
    await eventually(async () =>
      expect(await stateOf(server, 'late@example.com')).toMatchObject({
        status: 'failed',
        error: expect.stringContaining('expired'),
      }),
    )
    expect(mailServer.mails).toEqual([])
  })

  test('that is refused for good fails at once, and holds up none of the others', async () => {
    const answers: Record<string, string> = {
      'gone@example.com': '550 No such user',
      'full@example.com': '452 Mailbox full',
    }
    const recipient = (address: string) => (answers[address] ? refusal(answers[address]) : undefined)
    const mailServer = await startMailServer({ recipient })
    const server = await startInstance({ storage: await freshStorage(kind, 'instance'), mail: through(mailServer) })
    for (const name of ['a', 'gone', 'b', 'full', 'c']) await sendMail(server, `${name}@example.com`)
    await eventually(() => expect(mailServer.mails).toHaveLength(3))
    expect(mailServer.mails.flatMap(({ recipients }) => recipients).sort()).toEqual([
      'a@example.com',
      'b@example.com',
      'c@example.com',
    ])
    await eventually(async () => {
      expect(await stateOf(server, 'gone@example.com')).toMatchObject({
        status: 'failed',
        error: expect.stringContaining('550'),
      })
      expect(await stateOf(server, 'full@example.com')).toMatchObject({
        status: 'queued',
        error: expect.stringContaining('452'),
      })
    })
  })

  test('is tried for a day, ever more seldom, and has then failed', async () => {
    const { port, close } = await startMailServer()
    await close()
    const { log, failures } = failureLog()
    const server = await startInstance({ storage: await freshStorage(kind, 'instance'), mail: through({ port }), log })
    await sendMail(server, 'ada@example.com')
    for (const [later, attempt] of [
      [0, 1],
      [hour, 2],
      [21 * hour, 3],
    ] as const) {
      server.clock.now += later
      await eventually(() => expect(failures()).toBe(attempt))
    }
    expect(await stateOf(server, 'ada@example.com')).toMatchObject({ status: 'queued' })
    server.clock.now += 2 * hour
    await eventually(async () =>
      expect(await stateOf(server, 'ada@example.com')).toMatchObject({ status: 'failed', attempts: 4 }),
    )
  })

  test('to a test address of a development instance stays in the inbox', async () => {
    const mailServer = await startMailServer()
    const server = await startInstance({ storage: await freshStorage(kind, 'instance'), mail: through(mailServer) })
    await sendMail(server, 'ada+clerk_test@example.com')
    await sendMail(server, 'ada@example.com')
    await eventually(() => expect(mailServer.mails).toHaveLength(1))
    await eventually(async () =>
      expect(await stateOf(server, 'ada+clerk_test@example.com')).toMatchObject({ status: 'submitted' }),
    )
    expect(mailServer.mails[0]?.recipients).toEqual(['ada@example.com'])
  })

  test('in hand when the server ends is given up after a while, and sent by the next server', async () => {
    let taken = 0
    const delay = async () => {
      taken++
      if (taken === 1) await sleep(20_000, undefined, { ref: false })
    }
    const mailServer = await startMailServer({ delay })
    const storage = await freshStorage(kind, 'instance')
    const first = await startInstance({ storage, mail: through(mailServer) })
    const { id } = await sendMail(first, 'ada@example.com')
    await eventually(() => expect(taken).toBe(1))
    await first.close()
    const next = await startInstance({ storage, mail: through(mailServer), clock: () => Date.now() + 10_000 })
    await eventually(() => expect(mailServer.mails.map(({ messageId }) => messageId)).toEqual([`<${id}@example.org>`]))
    await eventually(async () => expect(await stateOf(next, 'ada@example.com')).toMatchObject({ status: 'submitted' }))
  })

  test('in hand when the server is killed is sent by the next server, and has the same Message-ID', async () => {
    const received: string[] = []
    const stuck = await startMailServer({
      delay: () => sleep(20_000, undefined, { ref: false }),
      onRcptTo({ address }, _session, done) {
        received.push(address)
        done()
      },
    })
    const storage = await freshStorage(kind, 'instance')
    const flag =
      'databaseUrl' in storage
        ? ['--database-url', storage.databaseUrl]
        : ['--data-dir', (storage as { dataDir: string }).dataDir]
    const { ready, stop } = await startReady(...flag, '--smtp-url', through(stuck).smtpUrl, '--mail-from', from)
    const call = async (path: string, json: object) => {
      const response = await fetch(`${ready.url}/v1${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ready.secretKey}`, 'content-type': 'application/json' },
        body: JSON.stringify(json),
      })
      expect(response.status).toBe(200)
      return (await response.json()) as { id: string; email_addresses: [{ id: string }] }
    }
    const { email_addresses } = await call('/users', { email_address: ['ada@example.com'] })
    const mail = { from_email_name: 'a', subject: 'b', body: 'c', email_address_id: email_addresses[0].id }
    const { id } = await call('/emails', mail)
    await eventually(() => expect(received).toEqual(['ada@example.com']))
    expect(await stop('SIGKILL')).toBe('SIGKILL')

    const mailServer = await startMailServer()
    const clock = { ahead: 30_000 }
    const next = await startInstance({ storage, mail: through(mailServer), clock: () => Date.now() + clock.ahead })
    await sleep(1_500)
    expect(mailServer.mails, 'the message belongs to the first server still').toEqual([])
    clock.ahead = 61_000
    await eventually(() => expect(mailServer.mails.map(({ messageId }) => messageId)).toEqual([`<${id}@example.org>`]))
    await eventually(async () =>
      expect(await stateOf(next, 'ada@example.com')).toMatchObject({ status: 'submitted', attempts: 2 }),
    )
  })
})

test('two servers on one database send each of 200 mails once', async () => {
  const mailServer = await startMailServer()
  const storage = await freshStorage('PostgreSQL')
  const servers = await Promise.all([1, 2].map(() => startInstance({ storage, mail: through(mailServer) })))
  const [one, two] = servers as [Instance, Instance]
  const { body: user } = await one.call('POST /users', { json: { email_address: ['ada@example.com'] } })
  const json = { from_email_name: 'a', subject: 'b', body: 'c', email_address_id: user.email_addresses[0]?.id }
  const ids = await Promise.all(
    Array.from({ length: 200 }, async (_, n) => (await (n % 2 ? one : two).call('POST /emails', { json })).body.id),
  )
  await vi.waitFor(
    async () => {
      const states = (await inboxOf(one, '?limit=500')).map(({ status, attempts }) => `${status} ${attempts}`)
      expect(states).toEqual(Array(200).fill('submitted 1'))
    },
    { timeout: 28_000, interval: 200 },
  )
  expect(mailServer.mails.map(({ messageId }) => messageId).sort()).toEqual(
    ids.map((id) => `<${id}@example.org>`).sort(),
  )
}, 60_000)

describe('a mail server', () => {
  test('is signed in to, and its password is in no log line and no error', async () => {
    const lines: string[] = []
    const mailServer = await startMailServer()
    const smtpUrl = `smtp://us%40er:pa%20ss%25w0rd@127.0.0.1:${mailServer.port}`
    const log = { write: (line: string) => void lines.push(line) }
    const server = await startInstance({ storage: { memory: true }, mail: { smtpUrl, from }, log })
    await sendMail(server, 'ada@example.com', { subject: 'secret-subject', body: 'secret-body' })
    await eventually(() => expect(mailServer.logins).toEqual(['us@er:pa ss%w0rd']))
    await eventually(() => expect(lines.join('')).toContain('a message was submitted'))
    await mailServer.close()

    const refusing = await startMailServer({
      port: mailServer.port,
      onAuth: ({ password }, _session, done) => done(new Error(`not ${password}`)),
    })
    expect(refusing.mails).toEqual([])
    await sendMail(server, 'bob@example.com')
    await eventually(async () =>
      expect(await stateOf(server, 'bob@example.com')).toMatchObject({
        status: 'queued',
        error: expect.stringContaining('535'),
      }),
    )
    expect(JSON.stringify(await inboxOf(server))).not.toMatch(/pa ss|pa%20ss/)
    expect(lines.join('')).toContain('a message was not taken')
    expect(lines.join('')).not.toMatch(/pa ss|pa%20ss|secret-|@example/)
  })

  test('whose certificate nobody vouches for gets no mail', async () => {
    const mailServer = await startMailServer({ secure: true })
    const smtpUrl = `smtps://127.0.0.1:${mailServer.port}`
    const server = await startInstance({ storage: { memory: true }, mail: { smtpUrl, from } })
    await sendMail(server, 'ada@example.com')
    await eventually(async () =>
      expect(await stateOf(server, 'ada@example.com')).toMatchObject({
        status: 'queued',
        error: expect.stringContaining('certificate'),
      }),
    )
    expect(mailServer.mails).toEqual([])
  })

  test.each([
    [{ smtpUrl: 'http://127.0.0.1', from }, '--smtp-url must have the form'],
    [{ smtpUrl: 'smtp://u:hidden%zz@127.0.0.1', from }, '--smtp-url has a "%"'],
    [{ smtpUrl: 'smtp://u:hidden@127.0.0.1/path', from }, '--smtp-url must end with the host'],
    [{ smtpUrl: 'smtp://127.0.0.1', from: 'nobody' }, '--mail-from must be an address'],
    [{ smtpUrl: 'smtp://127.0.0.1', from: 'A\r\nBcc: x <a@example.com>' }, '--mail-from must be an address'],
  ])('that is given as %j is refused at the start', async (mail, reason) => {
    const refused = await startInstance({ storage: { memory: true }, mail }).catch((error: Error) => error)
    expect(refused).toMatchObject({ name: 'StartupError', exitCode: 2, message: expect.stringContaining(reason) })
    expect((refused as Error).message).not.toContain('hidden')
  })
})

test('a production instance without a mail server lets mail wait, and keeps no text of mail that was sent', async () => {
  const storage = { dataDir: await temporaryFolder() }
  const lines: string[] = []
  const log = { write: (line: string) => void lines.push(line) }
  const first = await startInstance({ storage, ...production, log })
  const { id } = await sendMail(first, 'ada@example.com', { subject: 'Code 123456', body: 'the code is 123456' })
  await eventually(() => expect(lines.join('')).toContain('no --smtp-url'))
  await first.close()

  const mailServer = await startMailServer()
  const later = Date.now() + 10_000
  const next = await startInstance({
    storage,
    ...production,
    mail: through(mailServer),
    clock: () => later,
  })
  await eventually(() => expect(mailServer.mails.map(({ messageId }) => messageId)).toEqual([`<${id}@example.org>`]))
  await next.close()
  const { default: Libsql } = await import('libsql')
  const file = new Libsql(`${storage.dataDir}/clerk.sqlite`)
  const row = file.prepare('select status, subject, body, body_plain, recipient from messages').get()
  file.close()
  expect(row).toMatchObject({
    status: 'submitted',
    subject: null,
    body: '',
    body_plain: null,
    recipient: 'ada@example.com',
  })
})

test('what was done with long ago is deleted when a server starts', async () => {
  const storage = { dataDir: await temporaryFolder() }
  const first = await startInstance({ storage })
  await sendMail(first, 'ada@example.com')
  await eventually(async () => expect(await stateOf(first, 'ada@example.com')).toMatchObject({ status: 'submitted' }))
  await first.close()
  const next = await startInstance({ storage, clock: () => Date.now() + 8 * 24 * hour })
  await eventually(async () => expect(await inboxOf(next)).toEqual([]))
})
