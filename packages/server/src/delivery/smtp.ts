import type { Transporter } from 'nodemailer'
import type { MessagesTable } from '../database/tables/index.js'
import type { MailOptions } from '../options.js'
import { StartupError } from '../startup-error.js'
import { isLoopback } from './addresses.js'
import { mailSender } from './mail-sender.js'
import { DeliveryError, type Transport } from './transport.js'

/** Milliseconds. */
const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000, dnsTimeout: 10_000 }
/** The same, where somebody waits for the outcome. */
const shortTimeouts = { connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 5_000, dnsTimeout: 5_000 }

/**
 * Hands mail to a mail server. Certificates are checked, and without TLS no password is sent and no mail either, unless
 * the mail server is on this machine or asks for no password.
 *
 * @throws StartupError (exit code 2) when the options make no sense; the password is never in it
 */
export function smtp({ smtpUrl, from }: MailOptions): Transport {
  const server = mailServer(smtpUrl)
  const sender = mailSender(from)
  let transporter: Transporter | undefined

  return {
    async send(message, signal) {
      transporter ??= await connect(server, timeouts)
      try {
        await transporter.sendMail({
          messageId: `<${message.id}@${sender.domain}>`,
          date: new Date(message.created_at),
          from: sender.as(message.from_name),
          to: { name: '', address: message.recipient },
          subject: message.subject ?? '',
          html: message.body,
          ...(message.body_plain !== null && { text: message.body_plain }),
          headers: automatic(message),
          signal,
        })
      } catch (error) {
        throw deliveryError(error as SmtpError, server.auth?.pass)
      }
    },
  }
}

async function connect(server: ReturnType<typeof mailServer>, within: typeof timeouts): Promise<Transporter> {
  // Loaded when there is mail: most commands and most starts have none.
  const { createTransport } = await import('nodemailer')
  return createTransport({ ...server, ...within, disableFileAccess: true, disableUrlAccess: true })
}

/** Mail of our own asks for no automatic answers (RFC 3834). */
const automatic = ({ slug }: MessagesTable): Record<string, string> =>
  slug === null ? {} : { 'Auto-Submitted': 'auto-generated' }

/**
 * Connects to a mail server as {@link smtp} does, signs in, and leaves.
 *
 * @throws StartupError when the URL makes no sense
 * @throws DeliveryError when mail could not be handed over there; the password is in neither
 */
export async function greetMailServer(smtpUrl: string): Promise<void> {
  const server = mailServer(smtpUrl)
  const transporter = await connect(server, shortTimeouts)
  try {
    await transporter.verify()
  } catch (error) {
    throw deliveryError(error as SmtpError, server.auth?.pass)
  } finally {
    transporter.close()
  }
}

interface SmtpError extends Error {
  code?: string
  command?: string
  responseCode?: number
}

/** What a 5xx to these says of this recipient and this mail; to any other command, it is about us and may be mended. */
const finalCommands = new Set(['RCPT TO', 'DATA'])

function deliveryError(error: SmtpError, password: string | undefined): DeliveryError {
  const { code = error.name, command = '', responseCode } = error
  const unsendable = code === 'EENVELOPE' && responseCode === undefined
  const refused = responseCode !== undefined && responseCode >= 500 && finalCommands.has(command)
  return new DeliveryError(password ? error.message.replaceAll(password, '…') : error.message, {
    reason: [code, responseCode].filter((part) => part !== undefined).join(' '),
    final: unsendable || refused,
  })
}

function mailServer(text: string) {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const secure = url?.protocol === 'smtps:'
  if (!url || !(secure || url.protocol === 'smtp:') || url.hostname === '') {
    throw invalid('must have the form smtp://user:password@host:587 or smtps://user:password@host')
  }
  if (url.search !== '' || url.hash !== '' || url.pathname.length > 1) {
    throw invalid('must end with the host or the port; write special characters of the password as %XX')
  }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const auth = url.username === '' ? undefined : { user: decode(url.username), pass: decode(url.password) }
  const local = isLoopback(host)
  return {
    host,
    port: Number(url.port || (secure ? 465 : auth ? 587 : 25)),
    secure,
    // A mail server on this machine often has a certificate for none of its names.
    ignoreTLS: local && !secure,
    requireTLS: auth !== undefined && !local && !secure,
    ...(auth && { auth }),
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw invalid('has a "%" that is not followed by two hexadecimal digits; write it as %25')
  }
}

const invalid = (message: string) => new StartupError(`--smtp-url ${message}`, { exitCode: 2 })
