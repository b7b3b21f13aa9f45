import { expect, test } from 'vitest'
import { run, startReady } from '../support/command-line.js'
import { inboxOf } from '../support/inbox.js'

const secret = `whsec_${Buffer.alloc(24, 1).toString('base64')}`

test.each([
  [['--smtp-url', 'smtp://127.0.0.1'], '--smtp-url needs --mail-from beside it'],
  [['--mail-from', 'a@example.com'], '--mail-from needs --smtp-url beside it'],
  [['--sms-webhook-url', 'https://example.com'], '--sms-webhook-url needs --sms-webhook-secret beside it'],
  [['--sms-webhook-secret', secret], '--sms-webhook-secret needs --sms-webhook-url beside it'],
  [['--smtp-url', 'http://u:hidden@host', '--mail-from', 'a@example.com'], '--smtp-url must have the form smtp://'],
  [['--sms-webhook-url', 'https://example.com', '--sms-webhook-secret', 'hidden'], '--sms-webhook-secret must be'],
])('start %j exits 2 and says why, without what is secret', async (args, reason) => {
  const { code, stdout, stderr } = await run('start', '--memory', '--port', '0', ...args)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(reason)
  expect(stderr).not.toMatch(/hidden|AQEB/)
})

test('start takes every flag of mail and text messages, and says none of their secrets', async () => {
  const server = await startReady(
    ...['--memory', '--smtp-url', 'smtps://user:hidden@mail.example.com', '--mail-from', 'Example <a@example.com>'],
    ...['--sms-webhook-url', 'https://example.com/sms', '--sms-webhook-secret', secret, '--sms-webhook-allow-private'],
    ...['--inbox-hosts', 'clerk, Other'],
  )
  expect(await inboxOf(server.ready)).toEqual([])
  expect(server.output()).not.toMatch(/hidden|AQEB/)
  expect(await server.stop('SIGTERM')).toBe(0)
})
