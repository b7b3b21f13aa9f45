import type { UserJSON } from '@clerk-server/contract'

type Values = Readonly<Record<string, unknown>>

/** `{{…}}`: braces inside of quotes belong to a text. */
const shortcode = /\{\{((?:'[^']*'|[^'{}])*)\}\}/g
const onlyShortcode = new RegExp(`^${shortcode.source}$`)
/** One side of `||`. It never has to be read twice, so that a long one takes no longer than its length. */
const operand = /((?:'[^']*'|[^|]|\|(?!\|))*)(?:\|\||$)/g

/**
 * Puts values for the shortcodes of a template's claims, at any depth. A text that is nothing but a shortcode becomes
 * its value, of whatever type; in a longer text it becomes text. What does not exist is `null`.
 */
export function fillIn(template: unknown, values: Values): unknown {
  if (typeof template === 'string') return fillInText(template, values)
  if (Array.isArray(template)) return template.map((item) => fillIn(item, values))
  if (typeof template !== 'object' || template === null) return template
  // Not by assignment: a key `__proto__` stays a key like any other.
  return Object.fromEntries(Object.entries(template).map(([name, value]) => [name, fillIn(value, values)]))
}

function fillInText(template: string, values: Values): unknown {
  const [, only] = onlyShortcode.exec(template) ?? []
  if (only !== undefined) return evaluate(only, values)
  return template.replace(shortcode, (_, expression: string) => asText(evaluate(expression, values)))
}

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

/** The first operand that is neither `null` nor `false`, or else the last one. */
function evaluate(expression: string, values: Values): unknown {
  const operands = [...expression.matchAll(operand)].map(([, text = '']) => text.trim()).filter(Boolean)
  const results = operands.map((text) => operandValue(text, values))
  return results.find((value) => value !== null && value !== false) ?? results.at(-1) ?? null
}

function operandValue(text: string, values: Values): unknown {
  const [, quoted] = /^'([^']*)'$/.exec(text) ?? []
  if (quoted !== undefined) return quoted
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text)
  if (text === 'true' || text === 'false') return text === 'true'
  return text.split('.').reduce<unknown>(ownProperty, values) ?? null
}

const ownProperty = (object: unknown, name: string): unknown =>
  typeof object === 'object' && object !== null && Object.hasOwn(object, name)
    ? (object as Record<string, unknown>)[name]
    : undefined

/** What shortcodes can name. Private metadata is not among it: a token is read by whoever holds it. */
export function shortcodeValues(user: UserJSON): Values {
  const email = user.email_addresses.find(({ id }) => id === user.primary_email_address_id)
  const phone = user.phone_numbers.find(({ id }) => id === user.primary_phone_number_id)
  return {
    user: {
      id: user.id,
      external_id: user.external_id,
      username: user.username,
      first_name: user.first_name,
      last_name: user.last_name,
      full_name: [user.first_name, user.last_name].filter(Boolean).join(' ') || null,
      primary_email_address: email?.email_address,
      email_verified: email?.verification?.status === 'verified',
      primary_phone_number: phone?.phone_number,
      phone_number_verified: phone?.verification?.status === 'verified',
      has_image: user.has_image,
      image_url: user.image_url,
      two_factor_enabled: user.two_factor_enabled,
      // In seconds, as times are in tokens.
      created_at: Math.floor(user.created_at / 1000),
      updated_at: Math.floor(user.updated_at / 1000),
      public_metadata: user.public_metadata,
      unsafe_metadata: user.unsafe_metadata,
    },
  }
}
