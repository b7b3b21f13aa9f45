import { type Mail, mail } from './mail.js'

/** What whoever reads a code can do with it. */
export type CodePurpose = 'verification' | 'sign-in' | 'reset-password'

interface Wording {
  subject: string
  /** What the code is to be entered for. */
  aim: string
  /** What a text message calls it. */
  name: string
  /** Why somebody may get it who did not ask for it. */
  unasked: string
}

const unknown = 'somebody else may be trying to get into your account'

const wordings: Record<CodePurpose, Wording> = {
  verification: {
    subject: 'Your verification code',
    aim: 'verify that this address is yours',
    name: 'verification code',
    unasked: 'somebody may have mistyped their address',
  },
  'sign-in': { subject: 'Your sign-in code', aim: 'sign in', name: 'sign-in code', unasked: unknown },
  'reset-password': {
    subject: 'Your code to choose a new password',
    aim: 'choose a new password',
    name: 'code to choose a new password',
    unasked: unknown,
  },
}

const goodFor = (minutes: number) => `It can be used once, within ${minutes} minutes.`

/** The code is not in the subject, which is what logs and locked screens show. */
export function verificationCodeMail(purpose: CodePurpose, code: string, minutes: number): Mail {
  const { subject, aim, unasked } = wordings[purpose]
  return mail({
    subject,
    paragraphs: [
      `Enter this code to ${aim}. ${goodFor(minutes)}`,
      `If you did not ask for it, ${unasked}: do not give the code to anybody.`,
    ],
    action: { code },
  })
}

/** The text of a text message. */
export const verificationCodeText = (purpose: CodePurpose, code: string, minutes: number): string =>
  `${code} is your ${wordings[purpose].name}. ${goodFor(minutes)} Do not give it to anybody.`
