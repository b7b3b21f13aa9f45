import { type Kysely, sql } from 'kysely'
import type Libsql from 'libsql'

/**
 * The ranks of users whose text in the index is not what it should be. An index of trigrams is many times quicker to write
 * for some users at once: inside of a savepoint, and in a trigger, each write would make a piece of the index of its own.
 * So triggers only note who has changed, and whoever commits brings the index up to date first.
 */
export async function createSearchBacklog(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

/** What is to be done before each commit. It does nothing to a database that is of a former version yet. */
export function searchBacklogOf(file: Libsql.Database): () => void {
  let prepared: Settlement | undefined
  return () => {
    prepared ??= isThere(file) ? settlement(file) : undefined
    if (!prepared || prepared.some.all([]).length === 0) return
    prepared.write.run([])
    prepared.empty.run([])
  }
}

type Settlement = ReturnType<typeof settlement>

const isThere = (file: Libsql.Database) =>
  file.prepare("select 1 from sqlite_master where name = 'user_search_written'").all([]).length > 0

const settlement = (file: Libsql.Database) => ({
  some: file.prepare('select 1 from user_search_backlog limit 1'),
  // A trigger of the view writes to the indexes. Whoever is in the backlog and is no more has no texts.
  write: file.prepare(`
    insert into user_search_texts (rank, email_addresses, phone_numbers, username, names, ids)
      select texts.rank, email_addresses, phone_numbers, username, names, ids
      from user_search_backlog cross join user_search_texts as texts on texts.rank = user_search_backlog.rank
      union all
      select rank, '', '', '', '', '' from user_search_backlog
      where not exists (select 1 from user_search where user_search.rank = user_search_backlog.rank)`),
  empty: file.prepare('delete from user_search_backlog'),
})

const note = (userId: string) => `
  insert or ignore into user_search_backlog (rank) select rank from user_search where user_id = ${userId};`

const statements = [
  'create table user_search_backlog (rank integer primary key)',
  ...['added', 'removed', 'user_renamed', 'address_added', 'address_changed', 'address_removed'].map(
    (name) => `drop trigger user_search_${name}`,
  ),
  `create trigger user_search_added after insert on user_search begin
    insert into user_search_backlog (rank) values (new.rank);
  end`,
  `create trigger user_search_removed after delete on user_search begin
    delete from user_search_index where rowid = old.rank;
    delete from user_search_backlog where rank = old.rank;
  end`,
  `create trigger user_search_user_renamed after update of username, first_name, last_name, external_id on users
  when old.username is not new.username or old.first_name is not new.first_name
    or old.last_name is not new.last_name or old.external_id is not new.external_id begin
    ${note('new.id')}
  end`,
  `create trigger user_search_address_added after insert on identifications begin
    ${note('new.user_id')}
  end`,
  `create trigger user_search_address_changed after update of value, type, user_id on identifications begin
    ${note('old.user_id')}
    ${note('new.user_id')}
  end`,
  `create trigger user_search_address_removed after delete on identifications begin
    ${note('old.user_id')}
  end`,
]
