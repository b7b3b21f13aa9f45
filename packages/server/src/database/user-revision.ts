import { type Kysely, sql } from 'kysely'

/**
 * A name for what a user is, kept by the database itself in `users.revision`: another one after each change to the row or
 * to one of its identifications, whoever makes it. It is drawn at random, so that none comes back: not when a transaction
 * is rolled back, and not when a user of the same id is made anew.
 */
export interface UserRevision {
  /** Makes the column and its triggers. Part of a migration. */
  create(db: Kysely<unknown>): Promise<void>
}

const renewing = (...triggers: string[]): UserRevision => ({
  async create(db) {
    await db.schema
      .alterTable('users')
      .addColumn('revision', 'bigint', (column) => column.notNull().defaultTo(0))
      .execute()
    for (const statement of triggers) await sql.raw(statement).execute(db)
  },
})

/** A whole number that JavaScript has, too: 53 bits of it. A trigger here cannot change the row it is told of. */
const renew = (userId: string) => `update users set revision = random() >> 11 where id = ${userId};`

export const sqliteUserRevision = renewing(
  `create trigger user_revisions_user_added after insert on users begin
    ${renew('new.id')}
  end`,
  `create trigger user_revisions_user_changed after update on users when new.revision = old.revision begin
    ${renew('new.id')}
  end`,
  `create trigger user_revisions_address_added after insert on identifications begin
    ${renew('new.user_id')}
  end`,
  `create trigger user_revisions_address_changed after update on identifications begin
    ${renew('old.user_id')}
    ${renew('new.user_id')}
  end`,
  `create trigger user_revisions_address_removed after delete on identifications begin
    ${renew('old.user_id')}
  end`,
)

/** The trigger on `users` draws the revision. */
const touch = (userId: string) => `update users set revision = revision where id = ${userId};`

export const postgresUserRevision = renewing(
  `create function user_revisions_renew() returns trigger language plpgsql as $$ begin
    new.revision = floor(random() * ${Number.MAX_SAFE_INTEGER});
    return new;
  end $$`,
  `create function user_revisions_touch() returns trigger language plpgsql as $$ begin
    if tg_op <> 'INSERT' then ${touch('old.user_id')} end if;
    if tg_op <> 'DELETE' then ${touch('new.user_id')} end if;
    return null;
  end $$`,
  `create trigger user_revisions_user before insert or update on users
    for each row execute function user_revisions_renew()`,
  `create trigger user_revisions_address after insert or update or delete on identifications
    for each row execute function user_revisions_touch()`,
)
