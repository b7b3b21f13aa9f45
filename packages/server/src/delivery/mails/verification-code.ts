import { type Mail, mail } from './mail.js'

const goodFor = (minutes: number) => `It can be used once, within ${minutes} minutes.`

/** The code is not in the subject, which is what logs and locked screens show. */
export const verificationCodeMail = (code: string, minutes: number): Mail =>
  mail({
    subject: 'Your verification code',
    paragraphs: [
      `Enter this code to verify that this address is yours. ${goodFor(minutes)}`,
      'If you did not ask for it, somebody may have mistyped their address: do not give the code to anybody.',
    ],
    action: { code },
  })

/** The text of a text message. */
export const verificationCodeText = (code: string, minutes: number): string =>
  `${code} is your verification code. ${goodFor(minutes)} Do not give it to anybody.`
