import { type Kysely, sql } from 'kysely'

/**
 * The ranks of users whose text in the index is not what it should be. An index of trigrams is many times quicker to write
 * for some users at once: inside of a savepoint, and in a trigger, each write would make a piece of the index of its own.
 * So triggers only note who has changed, and the index is brought up to date for all of them together.
 */
export async function createSearchBacklog(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

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
