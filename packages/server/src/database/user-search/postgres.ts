import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { StartupError } from '../../startup-error.js'
import { markedText, soughtText, userTexts } from './texts.js'
import type { SearchTerm, UserSearch } from './user-search.js'

/**
 * Trigram indexes (pg_trgm) right on the tables. Such an index gives everything it finds at once and in no order, which
 * is as it should be for what few users have. What many have is found sooner by looking at the first users of the list.
 */
export const postgresUserSearch: UserSearch = {
  async create(db) {
    await sql`create extension if not exists pg_trgm`.execute(db).catch((cause: Error) => {
      throw new StartupError(
        `the database needs the extension pg_trgm, and it cannot be made: ${cause.message}; ` +
          'let an administrator of the database run "create extension pg_trgm" in it',
        { cause },
      )
    })
    const { rows } = await sql<{ collname: string }>`
      select collname from pg_collation where collname in ('pg_c_utf8', 'und-x-icu')`.execute(db)
    const unicode = ['pg_c_utf8', 'und-x-icu'].find((name) => rows.some(({ collname }) => collname === name))
    // A function, so that what was indexed and what is asked for are always folded alike. It is inlined.
    await sql`create function user_search_folded(text) returns text language sql immutable parallel safe
      as ${sql.lit(`select lower($1 collate "${unicode ?? 'default'}")`)}`.execute(db)
    const { username, names, ids } = foldedTexts
    await sql`create index users_search on users using gin
      ((${username}) gin_trgm_ops, (${names}) gin_trgm_ops, (${ids}) gin_trgm_ops) ${shortBacklog}`.execute(db)
    await sql`create index identifications_search on identifications using gin (${value} gin_trgm_ops)
      ${shortBacklog}`.execute(db)
  },

  has: (terms) =>
    allOf(terms, (term) => {
      const [own, addresses] = conditions(term)
      // Not "exists": PostgreSQL may rather look up everybody who has such an address.
      const ofUser =
        addresses && sql`(select true from identifications where user_id = users.id and ${addresses} limit 1)`
      return sql`(${either(own, ofUser)})`
    }),

  found: (terms) =>
    allOf(terms, (term) => {
      const [own, addresses] = conditions(term)
      const ofUsers = own && sql`select users.id from users where ${own}`
      const ofAddresses = addresses && sql`select user_id from identifications where ${addresses}`
      const ids = sql.join(
        [ofUsers, ofAddresses].filter((part) => part !== undefined),
        sql` union `,
      )
      // As an array it is taken for short, which it is: joined, PostgreSQL may rather go through all users.
      return sql`users.id = any(array(${ids}))`
    }),

  firstLook: 1000,
}

/** Kilobytes of new entries that wait to be sorted in. Each search goes through them all. */
const shortBacklog = sql`with (gin_pending_list_limit = 256)`

const foldedText = (text: string) => sql.raw<string>(`user_search_folded(${text})`)

const foldedTexts = {
  username: foldedText(userTexts.username),
  names: foldedText(userTexts.names),
  ids: foldedText(userTexts.ids),
}

/** Addresses and numbers are stored in lower case. */
const value = sql.raw<string>(markedText('identifications.value'))

/** What a term asks of a row of `users`, and what of a row of `identifications`. */
function conditions(term: SearchTerm): [RawBuilder<SqlBool> | undefined, RawBuilder<SqlBool> | undefined] {
  // Every character stands for itself.
  const pattern = `%${soughtText(term).replace(/[\\%_]/g, '\\$&')}%`
  const contains = (text: RawBuilder<string>) => sql<SqlBool>`${text} like user_search_folded(${pattern})`
  const { username, names, ids } = foldedTexts
  if (term.field === 'username') return [contains(username), undefined]
  if (term.field === 'name') return [contains(names), undefined]
  if (term.field === 'any') {
    return [sql`(${sql.join([username, names, ids].map(contains), sql` or `)})`, contains(value)]
  }
  return [undefined, sql`(identifications.type = ${sql.lit(term.field)} and ${contains(value)})`]
}

const allOf = (terms: readonly SearchTerm[], condition: (term: SearchTerm) => RawBuilder<SqlBool>) =>
  sql<SqlBool>`(${sql.join(terms.map(condition), sql` and `)})`

const either = (...parts: (RawBuilder<unknown> | undefined)[]) =>
  sql.join(
    parts.filter((part) => part !== undefined),
    sql` or `,
  )
