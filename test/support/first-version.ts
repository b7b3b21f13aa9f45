import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Storage } from 'clerk-server'
import Libsql from 'libsql'
import pg from 'pg'
import { rowsIn } from './rows.js'

export interface OldUser {
  n: number
  first_name: string | null
  last_name: string | null
  created_at: number
}

/** The statement that inserts a user with an address. */
export function oldUser({ n, first_name, last_name, created_at }: OldUser): string {
  const value = (name: string | null) => (name === null ? 'null' : `'${name}'`)
  return `
    insert into users values ('user_${n}', null, 'user-${n}', ${value(first_name)}, ${value(last_name)}, null, 'idn_${n}', null,
      null, null, '{}', '{}', '{}', 0, 0, 1, 1, null, 0, null, null, null, ${created_at}, ${created_at});
    insert into identifications values ('idn_${n}', 'user_${n}', 'email_address', 'old-${n}@example.com', 'verified', 0,
      ${created_at}, ${created_at})`
}

/** Fills a storage with a database as the first version, with migrations 0001 and 0002, left it. */
export async function firstVersionDatabase(storage: Storage, insertions: readonly string[]): Promise<void> {
  const statements = (text: string) => [schema(text), ...insertions].join(';\n')
  if ('databaseUrl' in storage) {
    const client = new pg.Client(storage.databaseUrl)
    await client.connect()
    await client.query(statements('text collate "C"'))
    await client.end()
  } else if ('dataDir' in storage) {
    await mkdir(storage.dataDir, { mode: 0o700, recursive: true })
    const file = new Libsql(join(storage.dataDir, 'clerk.sqlite'))
    file.exec(statements('text'))
    file.close()
  }
}

export interface OldKeyring {
  instanceId: string
  secret: string
  signingKey: { kid: string; privateKey: string }
}

/** Keeps the keys of an instance where the first version kept them; PostgreSQL must have its table by then. */
export async function keepAsFirstVersion(storage: Storage, keyring: OldKeyring): Promise<void> {
  const text = JSON.stringify(keyring)
  if ('dataDir' in storage) await writeFile(join(storage.dataDir, 'keys.json'), text, { mode: 0o600 })
  else await rowsIn(storage, `insert into keyring (id, keys) values (1, '${text}')`)
}

const schema = (text: string) => `
  create table kysely_migration (name varchar(255) not null primary key, timestamp varchar(255) not null);
  insert into kysely_migration values ('0001-instance', '2026-01-01'), ('0002-messages', '2026-01-01');
  create table kysely_migration_lock (id varchar(255) not null primary key, is_locked integer default 0 not null);
  insert into kysely_migration_lock values ('migration_lock', 0);
  create table users (
    id ${text} primary key, external_id ${text}, username ${text}, first_name ${text}, last_name ${text}, locale ${text},
    primary_email_address_id ${text}, primary_phone_number_id ${text}, password_digest ${text}, password_updated_at bigint,
    public_metadata ${text} not null, private_metadata ${text} not null, unsafe_metadata ${text} not null,
    banned integer not null, locked integer not null, delete_self_enabled integer not null,
    create_organization_enabled integer not null, create_organizations_limit bigint, bypass_client_trust integer not null,
    legal_accepted_at bigint, last_sign_in_at bigint, last_active_at bigint, created_at bigint not null,
    updated_at bigint not null
  );
  create unique index users_username on users (username);
  create unique index users_external_id on users (external_id);
  create index users_created_at on users (created_at, id);
  create table identifications (
    id ${text} primary key, user_id ${text} not null references users (id) on delete cascade, type ${text} not null,
    value ${text} not null, status ${text} not null, position integer not null, created_at bigint not null,
    updated_at bigint not null
  );
  create unique index identifications_taken on identifications (type, value) where status in ('verified', 'reserved');
  create index identifications_user on identifications (user_id);
  create table clients (id ${text} primary key, created_at bigint not null, updated_at bigint not null);
  create table sessions (
    id ${text} primary key, client_id ${text} not null references clients (id) on delete cascade,
    user_id ${text} not null references users (id) on delete cascade, status ${text} not null,
    last_active_at bigint not null, expire_at bigint not null, abandon_at bigint not null, created_at bigint not null,
    updated_at bigint not null
  );
  create index sessions_created_at on sessions (created_at, id);
  create index sessions_user on sessions (user_id);
  create index sessions_client on sessions (client_id);
  create table keyring (id integer primary key, keys ${text} not null);
  create table messages (
    id ${text} primary key, channel ${text} not null, slug ${text}, user_id ${text}, identification_id ${text},
    from_name ${text}, recipient ${text} not null, subject ${text}, body ${text} not null, body_plain ${text},
    status ${text} not null, attempts integer not null, next_attempt_at bigint not null, leased_until bigint not null,
    last_error ${text}, created_at bigint not null, updated_at bigint not null
  );
  create index messages_due on messages (next_attempt_at) where status = 'queued';
  create index messages_recipient on messages (recipient, created_at)`
