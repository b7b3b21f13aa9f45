import { type Mail, type MailText, mail } from './mail.js'

/** What an invitation is on the occasion of. */
export type InvitationOccasion = 'invitation' | 'waitlist_invitation'

const texts: Record<InvitationOccasion, Pick<MailText, 'subject' | 'paragraphs'>> = {
  invitation: { subject: 'You are invited', paragraphs: ['You are invited to sign up.'] },
  waitlist_invitation: {
    subject: 'You are off the waiting list',
    paragraphs: ['Your turn has come: you can sign up now.'],
  },
}

/** @param expiresAt milliseconds since 1970 */
export function invitationMail(occasion: InvitationOccasion, url: string, expiresAt: number): Mail {
  const { subject, paragraphs } = texts[occasion]
  // Not made before it is needed: with the first one, Node loads what it knows of every language.
  const day = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' })
  return mail({
    subject,
    paragraphs: [...paragraphs, `The link can be used once, until ${day.format(expiresAt)}.`],
    action: { label: 'Accept the invitation', url },
  })
}
