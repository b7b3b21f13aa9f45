import { z } from 'zod'
import { rule } from './rules.js'

/** Milliseconds since 1970, as every timestamp outside of tokens. */
export const Timestamp = z.int().min(0)

/**
 * A JSON object that belongs to the application. Its keys are never renamed, and none is left out, as a record of zod
 * would leave out `__proto__`.
 */
export const Metadata = z
  .custom<Record<string, unknown>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    rule('form_param_type_invalid', 'must be of type record'),
  )
  .meta({ type: 'object', additionalProperties: {} })

const noNul = (value: string) => !value.includes('\0')
const wellFormed = rule('form_param_format_invalid', 'must not contain NUL characters')

/** A line of text somebody wrote: a name, a locale, an identifier of the application's own. */
export const Text = (max = 256) => z.string().max(max).refine(noNul, wellFormed)

/** An id as it is answered with. */
export const Id = z.string()

/** An id as a caller names one: any text, which may be nobody's. */
export const Reference = Text()

/** Seconds a token may be good for: from half a minute to ten years. */
export const TokenLifetime = z.int().min(30).max(315_360_000)

/** An RFC 3339 date and time with an offset. */
export const DateTime = z.iso.datetime({ offset: true })

const atom = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
/** The dot-atom form of RFC 5322, with at most 64 characters before the @ and a last label that is no number. */
const emailAddress = new RegExp(`^(?=.{1,64}@)${atom}(?:\\.${atom})*@(?:${label}\\.)+(?=[a-z].)${label}$`, 'i')

/**
 * Trimmed and lower-cased: addresses that differ in case only are one address. Dots and tags (`ada+work@…`) tell addresses
 * apart. Checked before it is lower-cased, because that makes ASCII of letters that are none (U+212A).
 */
export const EmailAddressText = z
  .string()
  .trim()
  .max(254)
  .refine(
    (value) => emailAddress.test(value),
    rule(
      'form_param_format_invalid',
      'must be an e-mail address such as ada@example.com; a domain outside of ASCII must be in Punycode',
    ),
  )
  .toLowerCase()

/** A phone number as it is compared: spaces, dots, dashes and brackets do not count. */
export const withoutPunctuation = (value: string) => value.replace(/[\s().-]/g, '')

/** E.164 after spaces, dots, dashes and brackets are taken out. */
export const PhoneNumberText = z
  .string()
  .overwrite(withoutPunctuation)
  .refine(
    (value) => /^\+[1-9]\d{7,14}$/.test(value),
    rule('form_param_format_invalid', 'must be a phone number with its country code, such as +14155550123'),
  )

/** Characters a user name has at least and at most. */
export const usernameLength = { min: 4, max: 64 } as const

/** 4 to 64 of `a-z 0-9 _ -`, lower-cased: user names that differ in case only are one name. */
export const Username = z
  .string()
  .trim()
  .toLowerCase()
  .refine(
    (value) => /^[a-z0-9_-]*$/.test(value),
    rule('form_username_invalid_character', 'may have only letters, digits, "_" and "-"'),
  )
  .refine(
    ({ length }) => length >= usernameLength.min && length <= usernameLength.max,
    rule('form_username_invalid_length', `must have ${usernameLength.min} to ${usernameLength.max} characters`),
  )

/** What an e-mail filter is compared as; a value that is no address simply matches nothing. */
export const EmailAddressFilter = z.string().trim().toLowerCase()

/** What a phone filter is compared as; a value that is no number simply matches nothing. */
export const PhoneNumberFilter = z.string().overwrite(withoutPunctuation)

/** Text to find inside of other text. */
export const Part = z.string().trim().max(256)

/** Up to 100 values of which any may match. */
export const anyOf = <Item extends z.ZodType>(item: Item) => z.array(item).max(100).optional()

/** `name`, `+name` (both ascending) or `-name` (descending) for each of the names. */
export function OrderBy<const Name extends string>(names: readonly Name[]) {
  const orders = names.flatMap((name) => [name, `+${name}` as const, `-${name}` as const])
  return z.string().trim().meta({ enum: orders }).pipe(z.enum(orders))
}

/** The page parameters of every list. */
export const Page = {
  limit: z.int().min(1).max(500).default(10),
  offset: z.int().min(0).default(0),
}
