import { z } from 'zod'
import { StartupError } from '../startup-error.js'

export interface MailSender {
  /** What follows the @ of the address. */
  domain: string
  /** The sender of one mail; a name stands in for the part before the @. */
  as(localPart: string | null): { name: string; address: string }
}

/**
 * Reads `Name <auth@example.com>` or an address alone.
 *
 * @throws StartupError (exit code 2) saying what it must be
 */
export function mailSender(text: string): MailSender {
  const [, quoted, plain, address = text.trim()] = /^\s*(?:"([^"]*)"|([^"<>]*?))\s*<([^<>]+)>\s*$/.exec(text) ?? []
  const name = quoted ?? plain ?? ''
  if (!z.regexes.email.test(address) || /\p{Cc}/u.test(name)) {
    throw new StartupError('--mail-from must be an address such as "Example <auth@example.com>"', { exitCode: 2 })
  }
  const at = address.lastIndexOf('@')
  const domain = address.slice(at + 1)
  return { domain, as: (localPart) => ({ name, address: `${localPart ?? address.slice(0, at)}@${domain}` }) }
}
