import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { onTestFinished } from 'vitest'

export interface ReceivedMail extends ParsedMail {
  /** The recipients of the envelope. */
  recipients: string[]
  /** The mail as it came. */
  raw: string
}

export interface MailServer {
  port: number
  /** In the order they came. */
  mails: ReceivedMail[]
  /** Who signed in, with what password. */
  logins: string[]
  close(): Promise<void>
}

/** What a mail server refuses a command with, such as `550 No such user`. */
export const refusal = (text: string) =>
  Object.assign(new Error(text.slice(4)), { responseCode: Number(text.slice(0, 3)) })

export interface MailServerSettings extends SMTPServerOptions {
  port?: number
  /** What is said to a recipient; nothing to take the mail. */
  recipient?: (address: string) => Error | undefined
  /** Waited for before a mail is taken. */
  delay?: () => Promise<void>
}

/** A mail server on this machine until the test is over. It takes any password. */
export async function startMailServer({ port = 0, recipient, delay, ...settings }: MailServerSettings = {}) {
  const mails: ReceivedMail[] = []
  const logins: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    hideSTARTTLS: true,
    onAuth({ username, password }, _session, done) {
      logins.push(`${username}:${password}`)
      done(null, { user: username })
    },
    onRcptTo: ({ address }, _session, done) => done(recipient?.(address)),
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks)
        const take = async () => {
          await delay?.()
          const mail = await simpleParser(raw)
          mails.push({ ...mail, recipients: envelope.rcptTo.map(({ address }) => address), raw: raw.toString() })
        }
        take().then(() => done(), done)
      })
    },
    ...settings,
  })
  server.on('error', () => {})
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  let closed: Promise<void> | undefined
  const close = () => {
    closed ??= new Promise((resolve) => server.close(() => resolve()))
    return closed
  }
  onTestFinished(close)
  return { port: (server.server.address() as AddressInfo).port, mails, logins, close } satisfies MailServer
}
