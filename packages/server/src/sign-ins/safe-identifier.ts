import type { IdentificationType } from '../identifications/rules.js'

/** As much of a number as tells its user which one it is. */
const shownDigits = 4

/** An address or number with most of it covered: `a***@example.com`, `+*******0100`. */
export const safeIdentifier = ({ type, value }: { type: IdentificationType; value: string }): string =>
  masks[type](value)

const masks: Record<IdentificationType, (value: string) => string> = {
  email_address: (value) => `${value.slice(0, 1)}***${value.slice(value.lastIndexOf('@'))}`,
  phone_number: (value) => `+${'*'.repeat(value.length - 1 - shownDigits)}${value.slice(-shownDigits)}`,
}
