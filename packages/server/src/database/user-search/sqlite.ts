import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { createSearchBacklog } from './sqlite-backlog.js'
import { createFieldIndexes, indexOf, type SearchColumn } from './sqlite-fields.js'
import { markedText, soughtText, userTexts } from './texts.js'
import type { Found, SearchField, SearchTerm, UserSearch } from './user-search.js'

/**
 * A full-text index of trigrams (FTS5), whose row ids are ranks: it gives what it finds by row id, so that the first page
 * of what a million users have in common is there after its first ten, and no search has to be sorted.
 *
 * A rank is the millisecond a user was created in and a number within that millisecond, so that `user_search` is the one
 * place that has to be asked for it.
 */
export const sqliteUserSearch: UserSearch = {
  async create(db) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },

  createBacklog: createSearchBacklog,

  createFieldIndexes,

  has: (terms) => sql`exists (
    select 1 from user_search where user_search.user_id = users.id and ${allOf(terms.map(isAmongThoseWith))}
  )`,

  found(terms) {
    const { index, match } = searchFor(terms)
    return sql`users.id in (
      select user_search.user_id from ${index} cross join user_search
      where user_search.rank = ${index}.rowid and ${match}
    )`
  },

  ranked(terms, direction, after) {
    const { index, match } = searchFor(terms)
    const beyond = sql.raw(direction === 'asc' ? '>' : '<')
    const rest = sql`and ${index}.rowid ${beyond} (select rank from user_search where user_id = ${after})`
    return sql<Found>`(
      select user_search.user_id, ${index}.rowid as rank from ${index} cross join user_search
      where user_search.rank = ${index}.rowid and ${match} ${after === undefined ? sql`` : rest}
      order by ${index}.rowid ${sql.raw(direction)}
    )`
  },

  // One by one, a user takes a search of the index each.
  firstLook: 100,
}

const columns: Record<Exclude<SearchField, 'any'>, SearchColumn> = {
  email_address: 'email_addresses',
  phone_number: 'phone_numbers',
  username: 'username',
  name: 'names',
}

/** An index, and what is asked of it. */
interface Search {
  index: RawBuilder<unknown>
  match: RawBuilder<SqlBool>
}

const search = (index: string, sought: RawBuilder<string>): Search => ({
  index: sql.raw(index),
  match: sql`${sql.raw(index)} match ${sought}`,
})

const wholeIndex = 'user_search_index'

/** A term alone has an index that knows nothing else. */
const searchForOne = (term: SearchTerm) =>
  search(term.field === 'any' ? wholeIndex : indexOf(columns[term.field]), sql`${phrase(term)}`)

/**
 * The index over all columns leaps from one user who may have all of several terms to the next. It is asked for nothing, and
 * finds nobody, where there is a term that nobody has: it would look at everybody who has it in another column.
 */
function searchFor(terms: readonly SearchTerm[]): Search {
  const [term, ...others] = terms
  if (term && others.length === 0) return searchForOne(term)
  const expression = terms.map((one) => `(${inColumn(one)})`).join(' AND ')
  return search(wholeIndex, sql`iif(${allOf(terms.map(isHad))}, ${expression}, ${phraseOfNobody})`)
}

function isHad(term: SearchTerm): RawBuilder<SqlBool> {
  const { index, match } = searchForOne(term)
  return sql`exists (select 1 from ${index} where ${match})`
}

function isAmongThoseWith(term: SearchTerm): RawBuilder<SqlBool> {
  const { index, match } = searchForOne(term)
  return sql`exists (select 1 from ${index} where ${index}.rowid = user_search.rank and ${match})`
}

const allOf = (conditions: RawBuilder<SqlBool>[]) => sql.join(conditions, sql` and `)

/** An FTS5 query; inside of the quotes every character stands for itself. */
const phrase = (term: SearchTerm) => `"${soughtText(term).replaceAll('"', '""')}"`

const phraseOfNobody = '""'

const inColumn = (term: SearchTerm) =>
  term.field === 'any' ? phrase(term) : `{${columns[term.field]}} : ${phrase(term)}`

/** Users within one millisecond before ranks run out: 42 bits are left for milliseconds, which is until 2109. */
const tieBits = 21

/** The rank of a user who is created, above those of the same millisecond. When they run out, it is the lowest of all. */
const newRank = `(
  select case when next < first + (1 << ${tieBits}) then next else (select min(0, min(rank)) - 1 from user_search) end
  from (
    select first, coalesce(
      (select max(rank) + 1 from user_search where rank >= first and rank < first + (1 << ${tieBits})), first
    ) as next
    from (select max(0, min(new.created_at, (1 << 42) - 1)) << ${tieBits} as first)
  )
)`

/** The `+` keeps SQLite from going through all that are of the type. */
const texts = (type: string) => `coalesce((
  select group_concat(${markedText('value')}, '') from identifications where user_id = users.id and +type = '${type}'
), '')`

const write = (userId: string) => `
  delete from user_search_index where rowid = (select rank from user_search where user_id = ${userId});
  insert into user_search_index (rowid, email_addresses, phone_numbers, username, names, ids)
    select rank, email_addresses, phone_numbers, username, names, ids from user_search_texts where user_id = ${userId};`

/** Of a user who is being created, the text is written once: with the last of the primary addresses, which come after. */
const whole = (userId: string) => `not exists (
  select 1 from users where id = ${userId} and (
    (primary_email_address_id is not null
      and primary_email_address_id not in (select id from identifications where user_id = ${userId}))
    or (primary_phone_number_id is not null
      and primary_phone_number_id not in (select id from identifications where user_id = ${userId}))
  )
)`

const statements = [
  `create table user_search (
    rank integer primary key,
    user_id text not null unique references users (id) on delete cascade
  )`,
  `create virtual table user_search_index using fts5 (
    email_addresses, phone_numbers, username, names, ids, tokenize = 'trigram', content = '', contentless_delete = 1
  )`,
  `create view user_search_texts as
    select rank, user_id, ${texts('email_address')} as email_addresses, ${texts('phone_number')} as phone_numbers,
      ${userTexts.username} as username, ${userTexts.names} as names, ${userTexts.ids} as ids
    from user_search join users on users.id = user_search.user_id`,
  `create trigger user_search_user_added after insert on users begin
    insert into user_search (rank, user_id) values (${newRank}, new.id);
  end`,
  `create trigger user_search_user_moved after update of created_at on users
  when old.created_at <> new.created_at begin
    delete from user_search where user_id = new.id;
    insert into user_search (rank, user_id) values (${newRank}, new.id);
  end`,
  `create trigger user_search_user_renamed after update of username, first_name, last_name, external_id on users
  when old.username is not new.username or old.first_name is not new.first_name
    or old.last_name is not new.last_name or old.external_id is not new.external_id begin
    ${write('new.id')}
  end`,
  `create trigger user_search_address_added after insert on identifications when ${whole('new.user_id')} begin
    ${write('new.user_id')}
  end`,
  `create trigger user_search_address_changed after update of value, type, user_id on identifications begin
    ${write('old.user_id')}
    ${write('new.user_id')}
  end`,
  `create trigger user_search_address_removed after delete on identifications begin
    ${write('old.user_id')}
  end`,
  `create trigger user_search_removed after delete on user_search begin
    delete from user_search_index where rowid = old.rank;
  end`,
  `insert into user_search (rank, user_id)
    select (first << ${tieBits}) + number - 1, id from (
      select id, first, row_number() over (partition by first order by created_at, id) as number
      from (select id, created_at, max(0, min(created_at, (1 << 42) - 1)) as first from users)
    )`,
  `insert into user_search_index (rowid, email_addresses, phone_numbers, username, names, ids)
    select rank, email_addresses, phone_numbers, username, names, ids from user_search_texts order by rank`,
  `create trigger user_search_added after insert on user_search when ${whole('new.user_id')} begin
    ${write('new.user_id')}
  end`,
]
