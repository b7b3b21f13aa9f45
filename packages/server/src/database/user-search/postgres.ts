import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely'
import { StartupError } from '../../startup-error.js'
import type { Queries } from '../database.js'
import { keptSamples, sampleTexts, type TextSample } from './postgres-sample.js'
import { rareStretches } from './rare-stretches.js'
import { markedText, soughtText, userTexts } from './texts.js'
import type { SearchField, SearchTerm, UserSearch } from './user-search.js'

/**
 * Trigram indexes (pg_trgm) right on the tables. Such an index gives everything it finds at once and in no order, which
 * is as it should be for what few users have. What many have is found sooner by looking at the first users of the list.
 *
 * For each trigram it is asked for, it goes through all who have it, which may be everybody. So a sample of the values
 * tells which trigrams many have, and the index is asked for the others.
 */
export function createPostgresUserSearch(queries: Queries): UserSearch {
  const samples = keptSamples(async (): Promise<Samples> => {
    const [ofUsers, ofAddresses] = await Promise.all([
      sampleTexts(queries, 'users', ownTexts),
      sampleTexts(queries, 'identifications', { value }),
    ])
    return { ...ofUsers, ...ofAddresses }
  })

  return {
    create,
    has,

    async found(terms) {
      const sampled = await samples()
      const [rarest, ...others] = [...terms].sort((a, b) => countOf(a, sampled) - countOf(b, sampled))
      const found = rarest ? byIndex(rarest, sampled) : sql<SqlBool>`true`
      // One by one, for whom the rarest finds: by the index, everybody who has the others would be looked up.
      return others.length === 0 ? found : sql`(${found} and ${has(others)})`
    },

    firstLook: 1000,

    async expected(terms) {
      const sampled = await samples()
      return Math.min(...terms.map((term) => countOf(term, sampled)))
    },
  }
}

const has = (terms: readonly SearchTerm[]) =>
  allOf(terms, (term) => {
    const [own, addresses] = conditions(term, contains(term))
    // Not "exists": PostgreSQL may rather look up everybody who has such an address.
    const ofUser =
      addresses && sql`(select true from identifications where user_id = users.id and ${addresses} limit 1)`
    return sql`(${either(own, ofUser)})`
  })

function byIndex(term: SearchTerm, sampled: Samples): RawBuilder<SqlBool> {
  const [own, addresses] = conditions(term, containsByIndex(term, sampled))
  const ofUsers = own && sql`select users.id from users where ${own}`
  const ofAddresses = addresses && sql`select user_id from identifications where ${addresses}`
  const ids = sql.join(
    [ofUsers, ofAddresses].filter((part) => part !== undefined),
    sql` union `,
  )
  // As an array it is taken for short, which it is: joined, PostgreSQL may rather go through all users.
  return sql`users.id = any(array(${ids}))`
}

/** How many of a thousand have a term. */
function countOf(term: SearchTerm, sampled: Samples): number {
  const parts = [soughtText(term).toLowerCase()]
  return textsOf[term.field].map((text) => sampled[text].countOf(parts)).reduce((sum, count) => sum + count)
}

async function create(db: Kysely<unknown>): Promise<void> {
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
  const { username, names, ids } = ownTexts
  await sql`create index users_search on users using gin
    ((${username}) gin_trgm_ops, (${names}) gin_trgm_ops, (${ids}) gin_trgm_ops) ${shortBacklog}`.execute(db)
  await sql`create index identifications_search on identifications using gin (${value} gin_trgm_ops)
    ${shortBacklog}`.execute(db)
}

/** Kilobytes of new entries that wait to be sorted in. Each search goes through them all. */
const shortBacklog = sql`with (gin_pending_list_limit = 256)`

const foldedText = (text: string) => sql.raw<string>(`user_search_folded(${text})`)

/** What is indexed of a row of `users`. */
const ownTexts = {
  username: foldedText(userTexts.username),
  names: foldedText(userTexts.names),
  ids: foldedText(userTexts.ids),
}

/** Addresses and numbers are stored in lower case. */
const value = sql.raw<string>(markedText('identifications.value'))

const texts = { ...ownTexts, value }

type Text = keyof typeof texts
type Samples = Record<Text, TextSample>
type Contains = (text: Text) => RawBuilder<SqlBool>

/** Where a field is sought. */
const textsOf: Record<SearchField, readonly Text[]> = {
  any: ['username', 'names', 'ids', 'value'],
  username: ['username'],
  name: ['names'],
  email_address: ['value'],
  phone_number: ['value'],
}

/** What a term asks of a row of `users`, and what of a row of `identifications`. */
function conditions(
  { field }: SearchTerm,
  contains: Contains,
): [RawBuilder<SqlBool> | undefined, RawBuilder<SqlBool> | undefined] {
  const own = textsOf[field].filter((text) => text !== 'value').map(contains)
  if (field === 'any') return [sql`(${either(...own)})`, contains('value')]
  if (own.length > 0) return [either(...own), undefined]
  return [undefined, sql`(identifications.type = ${sql.lit(field)} and ${contains('value')})`]
}

const contains =
  (term: SearchTerm): Contains =>
  (text) =>
    hasPart(text, soughtText(term))

/** The same, for which the index is asked for as little as will do: it knows nothing of `strpos`. */
const containsByIndex =
  (term: SearchTerm, samples: Samples): Contains =>
  (text) => {
    const sought = soughtText(term)
    const stretches = rareStretches(sought, samples[text])
    if (!stretches) return hasPart(text, sought)
    const whole = sql<SqlBool>`strpos(${texts[text]}, user_search_folded(${sought})) > 0`
    return sql`(${sql.join([...stretches.map((stretch) => hasPart(text, stretch)), whole], sql` and `)})`
  }

/** Every character of the part stands for itself. */
function hasPart(text: Text, part: string): RawBuilder<SqlBool> {
  const pattern = `%${part.replace(/[\\%_]/g, '\\$&')}%`
  return sql`${texts[text]} like user_search_folded(${pattern})`
}

const allOf = (terms: readonly SearchTerm[], condition: (term: SearchTerm) => RawBuilder<SqlBool>) =>
  sql<SqlBool>`(${sql.join(terms.map(condition), sql` and `)})`

const either = (...parts: (RawBuilder<unknown> | undefined)[]) =>
  sql.join<SqlBool>(
    parts.filter((part) => part !== undefined),
    sql` or `,
  )
