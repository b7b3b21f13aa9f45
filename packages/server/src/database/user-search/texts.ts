import type { SearchTerm } from './user-search.js'

/**
 * Stands twice before each value of an indexed text. With it, one or two characters at the beginning of a value are three
 * characters somewhere in the text, which is what a trigram index finds. Nobody types it.
 */
const mark = '\u001f\u001f'

/** What is looked for in an indexed text. */
export const soughtText = ({ part }: SearchTerm) => ([...part].length < 3 ? mark + part : part)

/** The text of one value, in SQL. */
export const markedText = (value: string) => `('${mark}' || ${value})`

/** The texts of a row of `users`, in SQL. */
export const userTexts = {
  username: `coalesce(${markedText('users.username')}, '')`,
  /** As one would write them, so that both can be searched for at once; then, again, how the last one begins. */
  names: `(${markedText("coalesce(users.first_name, '')")} || ' ' || coalesce(users.last_name || '${mark}' || substr(users.last_name, 1, 2), ''))`,
  ids: `(${markedText('users.id')} || coalesce(${markedText('users.external_id')}, ''))`,
} as const
