import type { IdentificationType } from '../identifications/rules.js'

/** A strategy by which a code is sent that proves a factor. */
interface CodeSending {
  type: IdentificationType
  /** How the code itself is sent. */
  channel: 'email_code' | 'phone_code'
  /** Whether it lets a new password be chosen, in place of one that was forgotten. */
  resets: boolean
}

export const codeStrategies = {
  email_code: { type: 'email_address', channel: 'email_code', resets: false },
  phone_code: { type: 'phone_number', channel: 'phone_code', resets: false },
  reset_password_email_code: { type: 'email_address', channel: 'email_code', resets: true },
  reset_password_phone_code: { type: 'phone_number', channel: 'phone_code', resets: true },
} as const satisfies Record<string, CodeSending>

export type CodeStrategy = keyof typeof codeStrategies

export const isCodeStrategy = (strategy: string): strategy is CodeStrategy => Object.hasOwn(codeStrategies, strategy)

/** Whether a factor that was proven so asks for a new password. */
export const resetsPassword = (strategy: string): boolean => isCodeStrategy(strategy) && codeStrategies[strategy].resets
