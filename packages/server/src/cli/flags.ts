/** One flag of a command. */
export interface Flag<Value> {
  description: string
  /** What stands for its value in the help, in capitals; a flag without one is a switch. */
  value?: string
  /** What it is where it is not given, as text. */
  default?: string
  /** @throws FlagError saying what the text must be */
  read(text: string): Value
}

export type FlagTable = Readonly<Record<string, Flag<unknown>>>

export type FlagValues<Flags extends FlagTable> = {
  [Name in keyof Flags]: Flags[Name] extends Flag<infer Value> ? Value : never
}

/** Why a text is no value of a flag; a sentence whose subject, the flag, is still missing: "must be …". */
export class FlagError extends Error {}

/** A flag without a value. */
export const toggle = (description: string): Flag<boolean> => ({ description, default: 'false', read: truth })

interface Option<Value> {
  /** What stands for its value in the help, in capitals. */
  value: string
  description: string
  read(text: string): Value
}

/** A flag with a value. */
export function option<Value>(definition: Option<Value> & { default: string }): Flag<Value>
export function option<Value>(definition: Option<Value>): Flag<Value | undefined>
export function option<Value>(definition: Option<Value>): Flag<Value | undefined> {
  return definition
}

/** Readers of values: each takes the text that was given, and says what it must be where it is something else. */

export function notEmpty(text: string): string {
  if (text === '') throw new FlagError('must not be empty')
  return text
}

export const wholeNumber =
  ({ min = 0, max }: { min?: number; max: number }) =>
  (text: string): number => {
    const number = Number(text)
    if (/^\d{1,15}$/.test(text) && number >= min && number <= max) return number
    throw new FlagError(`must be a number from ${min} to ${max}, not ${JSON.stringify(text)}`)
  }

export const oneOf =
  <const Choice extends string>(...choices: readonly Choice[]) =>
  (text: string): Choice => {
    const choice = choices.find((one) => one === text)
    if (choice !== undefined) return choice
    throw new FlagError(`must be ${choices.join(' or ')}, not ${JSON.stringify(text)}`)
  }

/** Texts with commas between them. */
export const list = (text: string): string[] => text.split(',').map((item) => notEmpty(item.trim()))

/** An address that links begin with; a slash at its end is taken off. */
export function httpUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isPlain = url && /^https?:$/.test(url.protocol) && !url.search && !url.hash && !url.username && !url.password
  if (!isPlain) throw new FlagError('must be an address such as https://auth.example.com')
  return url.href.replace(/\/+$/, '')
}

function truth(text: string): boolean {
  if (/^(1|true|yes)$/i.test(text)) return true
  if (/^(0|false|no)$/i.test(text)) return false
  throw new FlagError(`must be true or false, not ${JSON.stringify(text)}`)
}
