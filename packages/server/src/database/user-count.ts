import { type Kysely, sql } from 'kysely'

/**
 * How many users there are, kept by the database itself in `user_counts`: the sum of its rows, in the transaction that
 * adds or removes users. Counting a million rows takes a while, whatever the index.
 */
export interface UserCount {
  /** Makes the triggers, with the users that are there counted. Part of a migration. */
  create(db: Kysely<unknown>): Promise<void>
}

const counting = (...triggers: string[]): UserCount => ({
  async create(db) {
    for (const statement of [...table, ...triggers]) await sql.raw(statement).execute(db)
  },
})

/** Rows among which writers are spread, so that they need not wait for one another. */
const shards = 64

const table = [
  'create table user_counts (shard integer primary key, total bigint not null)',
  `insert into user_counts (shard, total)
    with recursive shards (shard) as (select 0 union all select shard + 1 from shards where shard < ${shards - 1})
    select shard, case shard when 0 then (select count(*) from users) else 0 end from shards`,
]

/** Here there is one writer at a time, whatever it writes to. */
export const sqliteUserCount = counting(
  `create trigger user_counts_added after insert on users begin
    update user_counts set total = total + 1 where shard = 0;
  end`,
  `create trigger user_counts_removed after delete on users begin
    update user_counts set total = total - 1 where shard = 0;
  end`,
)

/** A connection keeps to one shard, so that two of them seldom meet, and counts a statement's users together. */
const move = (rows: string, sign: '+' | '-') => `
  update user_counts set total = total ${sign} (select count(*) from ${rows})
    where shard = pg_backend_pid() % ${shards} and exists (select 1 from ${rows});
  return null;`

export const postgresUserCount = counting(
  `create function user_counts_add() returns trigger language plpgsql as $$ begin ${move('added', '+')} end $$`,
  `create function user_counts_remove() returns trigger language plpgsql as $$ begin ${move('removed', '-')} end $$`,
  `create trigger user_counts_added after insert on users
    referencing new table as added for each statement execute function user_counts_add()`,
  `create trigger user_counts_removed after delete on users
    referencing old table as removed for each statement execute function user_counts_remove()`,
)
