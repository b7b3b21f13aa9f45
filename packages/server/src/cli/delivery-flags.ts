import type { MailOptions, SmsOptions } from '../options.js'
import { StartupError } from '../startup-error.js'
import { list, notEmpty, option, toggle } from './flags.js'

/** How mail and text messages leave, and who may ask for the inbox. */
export const deliveryFlags = {
  'smtp-url': option({
    value: 'URL',
    description: 'Send mail through smtp://user:password@host:587 or smtps://user:password@host',
    read: notEmpty,
  }),
  'mail-from': option({
    value: 'SENDER',
    description: 'Who mail is from: "Example <auth@example.com>"',
    read: notEmpty,
  }),
  'sms-webhook-url': option({
    value: 'URL',
    description: 'Post text messages to this hook',
    read: notEmpty,
  }),
  'sms-webhook-secret': option({
    value: 'SECRET',
    description: 'What the posts are signed with: whsec_ and 24 to 64 bytes in base64 (Standard Webhooks)',
    read: notEmpty,
  }),
  'sms-webhook-allow-private': toggle('Let the hook of a production instance be on a private network'),
  'inbox-hosts': option({
    value: 'HOSTS',
    description:
      'Host names by which the inbox and the dashboard of a development instance may be asked for, besides those of this machine, with commas between them',
    read: (text) => list(text.toLowerCase()),
  }),
} as const

interface DeliveryValues {
  'smtp-url': string | undefined
  'mail-from': string | undefined
  'sms-webhook-url': string | undefined
  'sms-webhook-secret': string | undefined
  'sms-webhook-allow-private': boolean
  'inbox-hosts': string[] | undefined
}

/** @throws StartupError (exit code 2) naming the flag that is missing beside another */
export const deliveryOptions = (flags: DeliveryValues) => ({
  mail: mailOptions(flags),
  sms: smsOptions(flags),
  inboxHosts: flags['inbox-hosts'],
})

function mailOptions({ 'smtp-url': smtpUrl, 'mail-from': from }: DeliveryValues): MailOptions | undefined {
  if (smtpUrl === undefined && from === undefined) return undefined
  return { smtpUrl: beside('mail-from', 'smtp-url', smtpUrl), from: beside('smtp-url', 'mail-from', from) }
}

function smsOptions(flags: DeliveryValues): SmsOptions | undefined {
  const { 'sms-webhook-url': url, 'sms-webhook-secret': secret } = flags
  if (url === undefined && secret === undefined) return undefined
  return {
    webhookUrl: beside('sms-webhook-secret', 'sms-webhook-url', url),
    webhookSecret: beside('sms-webhook-url', 'sms-webhook-secret', secret),
    allowPrivate: flags['sms-webhook-allow-private'],
  }
}

function beside(given: string, flag: string, value: string | undefined): string {
  if (value !== undefined) return value
  throw new StartupError(`--${given} needs --${flag} beside it\nSee clerk-server start --help.`, { exitCode: 2 })
}
