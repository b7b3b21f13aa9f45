import { type Mail, mail } from './mail.js'

/** To the address that was primary. @param next the one that is primary now, if any is */
export const primaryAddressChangedMail = (previous: string, next: string | undefined): Mail =>
  mail({
    subject: 'Your primary e-mail address was changed',
    paragraphs: [
      next === undefined
        ? `${previous} is no longer the primary e-mail address of your account, which has none now.`
        : `The primary e-mail address of your account was changed from ${previous} to ${next}.`,
      'If this was not your doing, tell whoever runs the application where your account is.',
    ],
  })
