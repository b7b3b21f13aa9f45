import { type Kysely, sql } from 'kysely'

/**
 * The columns of `user_search_texts` that have an index of their own beside the one over all of them. That one finds
 * nobody as late as everybody where the text sought in one column is in another: it goes through all that have it anywhere.
 */
const columns = ['email_addresses', 'phone_numbers', 'username', 'names'] as const
export type SearchColumn = (typeof columns)[number]

export const indexOf = (column: SearchColumn) => `user_search_${column}`

/** Makes an index for each column that can be searched alone, with the users that are there, and lets it be kept. */
export async function createFieldIndexes(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const all = [...columns, 'ids']

/** Of a column whose text is empty, there is nothing in its index. Whoever is gone has no ids. */
const keep = (index: string, its: readonly string[], decisive: string) => `
  delete from ${index} where rowid = new.rank and new.${decisive} = '';
  insert or replace into ${index} (rowid, ${its.join(', ')})
    select new.rank, ${its.map((column) => `new.${column}`).join(', ')} where new.${decisive} <> '';`

/** Pieces are joined eight at once, twice as many as usual: to write them again is most of what an index costs. */
const joinLate = (index: string) => `insert into ${index} (${index}, rank) values ('automerge', 8)`

const statements = [
  joinLate('user_search_index'),
  ...columns.flatMap((column) => [
    `create virtual table ${indexOf(column)} using fts5 (
      ${column}, tokenize = 'trigram', content = '', contentless_delete = 1
    )`,
    joinLate(indexOf(column)),
    `insert into ${indexOf(column)} (rowid, ${column})
      select rank, ${column} from user_search_texts where ${column} <> '' order by rank`,
    // In one piece. Else, those who first change a user would wait until the pieces are joined.
    `insert into ${indexOf(column)} (${indexOf(column)}) values ('optimize')`,
  ]),
  // Within one statement, so that what is written of many users becomes one piece of each index.
  `create trigger user_search_written instead of insert on user_search_texts begin
    ${keep('user_search_index', all, 'ids')}
    ${columns.map((column) => keep(indexOf(column), [column], column)).join('')}
  end`,
  'drop trigger user_search_added',
  // A rank can come back within its millisecond, before whoever had it has left the indexes.
  `create trigger user_search_added after insert on user_search begin
    insert or ignore into user_search_backlog (rank) values (new.rank);
  end`,
  'drop trigger user_search_removed',
  `create trigger user_search_removed after delete on user_search begin
    insert or ignore into user_search_backlog (rank) values (old.rank);
  end`,
]
