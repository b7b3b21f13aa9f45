import { ApiError } from '../errors.js'
import { isCommon } from './common-passwords.js'

/** Characters a password has at least and at most. */
export const passwordLength = { min: 8, max: 72 } as const
/** Held even where the policy is skipped: hashing takes time in proportion. */
const maximumBytes = 1024

export interface PasswordRules {
  /** Addresses, numbers and names of the user, none of which may be the password. */
  identifiers: string[]
  /** Leaves the policy out, as for passwords that were accepted somewhere else. */
  skipChecks: boolean
  /** What the password is called on the wire. */
  param?: string
}

/**
 * Length is counted in code points, so that a letter is a letter in every script (OWASP ASVS 6.2.1, 6.2.9). Which
 * characters there are is not asked (6.2.5).
 *
 * @throws ApiError one of the `form_password_…` codes, on the parameter
 */
export async function checkPassword(
  password: string,
  { identifiers, skipChecks, param = 'password' }: PasswordRules,
): Promise<void> {
  checkSize(password, param)
  if (skipChecks) return
  const length = [...password].length
  if (length < passwordLength.min) {
    throw new ApiError('form_password_length_too_short', {
      param,
      message: `must have at least ${passwordLength.min} characters`,
    })
  }
  if (length > passwordLength.max) {
    throw new ApiError('form_password_length_too_long', {
      param,
      message: `must have at most ${passwordLength.max} characters`,
    })
  }
  if (identifiers.flatMap(spellings).includes(password.toLowerCase())) {
    throw new ApiError('form_password_matches_identifier', { param })
  }
  if (await isCommon(password)) throw new ApiError('form_password_pwned', { param })
}

/** @throws ApiError `form_password_size_in_bytes_exceeded` */
export function checkSize(password: string, param = 'password'): void {
  if (Buffer.byteLength(password) <= maximumBytes) return
  throw new ApiError('form_password_size_in_bytes_exceeded', {
    param,
    message: `must have at most ${maximumBytes} bytes`,
  })
}

/** What somebody would type for an identifier: an address whole or up to the @, a number with or without the plus. */
function spellings(identifier: string): string[] {
  const text = identifier.toLowerCase()
  return [text, text.replace(/@[^@]*$/, ''), text.replace(/^\+/, '')]
}
