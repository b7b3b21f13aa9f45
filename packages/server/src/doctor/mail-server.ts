import { greetMailServer } from '../delivery/smtp.js'
import { type Check, fail, ok } from './check.js'

export const mailServer: Check = async ({ smtpUrl }) => {
  if (smtpUrl === undefined) return undefined
  try {
    await greetMailServer(smtpUrl)
    return ok('answers, and lets this server in')
  } catch (error) {
    return fail(
      (error as Error).message,
      'see to it that --smtp-url names a mail server that runs and knows who signs in',
    )
  }
}
