// The process that server.mjs starts for the yardstick: users out of the server's own tables, by as few lines as do it. It
// checks no key and no parameter, knows of no other route, and answers what the server answers.
// Usage: node bench/yardstick-process.mjs <database file>
import { randomBytes } from 'node:crypto'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import Libsql from 'libsql'

const database = new Libsql(process.argv[2] ?? '')
database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on')

const users = `select users.*, (
  select json_group_array(json_object('id', id, 'type', type, 'value', value, 'status', status,
    'created_at', created_at, 'updated_at', updated_at))
  from (select * from identifications where user_id = users.id order by position)
) as identifications from users`
const list = database.prepare(`${users} order by created_at desc, id desc limit ? offset ?`)
const get = database.prepare(`${users} where id = ?`)

/** @param {string} table @param {string[]} columns */
const insertion = (table, columns) =>
  database.prepare(`insert into ${table} (${columns}) values (${columns.map((column) => `@${column}`)})`)
const insertUser = insertion('users', [
  ...['id', 'first_name', 'last_name', 'primary_email_address_id', 'public_metadata', 'private_metadata'],
  ...['unsafe_metadata', 'banned', 'locked', 'delete_self_enabled', 'create_organization_enabled'],
  ...['bypass_client_trust', 'created_at', 'updated_at'],
])
const insertAddress = insertion('identifications', [
  ...['id', 'user_id', 'type', 'value', 'status', 'position', 'reserved_for_second_factor', 'default_second_factor'],
  ...['created_at', 'updated_at'],
])

const id = (/** @type {string} */ prefix) => `${prefix}_${randomBytes(14).toString('hex').slice(1)}`

const create = database.transaction((/** @type {any} */ body) => {
  const now = Date.now()
  const times = { created_at: now, updated_at: now }
  const address = { id: id('idn'), type: 'email_address', value: body.email_address[0], status: 'verified', ...times }
  const user = {
    ...{ id: id('user'), first_name: body.first_name, last_name: body.last_name, primary_email_address_id: address.id },
    ...{ public_metadata: '{}', private_metadata: '{}', unsafe_metadata: '{}', banned: 0, locked: 0 },
    ...{ delete_self_enabled: 1, create_organization_enabled: 1, bypass_client_trust: 0, ...times },
  }
  insertUser.run(user)
  const none = { position: 0, reserved_for_second_factor: 0, default_second_factor: 0 }
  insertAddress.run({ ...address, user_id: user.id, ...none })
  return { ...user, identifications: JSON.stringify([address]) }
})

/** @param {any} row */
const userView = (row) => ({
  object: 'user',
  id: row.id,
  external_id: row.external_id ?? null,
  username: row.username ?? null,
  first_name: row.first_name,
  last_name: row.last_name,
  locale: row.locale ?? null,
  has_image: false,
  image_url: '',
  profile_image_url: '',
  primary_email_address_id: row.primary_email_address_id,
  primary_phone_number_id: row.primary_phone_number_id ?? null,
  primary_web3_wallet_id: null,
  email_addresses: JSON.parse(row.identifications).map(addressView),
  phone_numbers: [],
  web3_wallets: [],
  passkeys: [],
  external_accounts: [],
  saml_accounts: [],
  enterprise_accounts: [],
  public_metadata: JSON.parse(row.public_metadata),
  private_metadata: JSON.parse(row.private_metadata),
  unsafe_metadata: JSON.parse(row.unsafe_metadata),
  password_enabled: (row.password_digest ?? null) !== null,
  password_last_updated_at: row.password_updated_at ?? null,
  two_factor_enabled: false,
  totp_enabled: false,
  backup_code_enabled: false,
  mfa_enabled_at: row.mfa_enabled_at ?? null,
  mfa_disabled_at: row.mfa_disabled_at ?? null,
  banned: row.banned === 1,
  locked: row.locked === 1,
  lockout_expires_in_seconds: null,
  verification_attempts_remaining: null,
  delete_self_enabled: row.delete_self_enabled === 1,
  create_organization_enabled: row.create_organization_enabled === 1,
  create_organizations_limit: row.create_organizations_limit ?? null,
  bypass_client_trust: row.bypass_client_trust === 1,
  legal_accepted_at: row.legal_accepted_at ?? null,
  last_sign_in_at: row.last_sign_in_at ?? null,
  last_active_at: row.last_active_at ?? null,
  created_at: row.created_at,
  updated_at: row.updated_at,
})

const verification = { object: 'verification_admin', status: 'verified', strategy: 'admin', attempts: null }

/** @param {any} row */
const addressView = (row) => ({
  object: 'email_address',
  id: row.id,
  email_address: row.value,
  reserved: false,
  verification: { ...verification, expire_at: null },
  linked_to: [],
  matches_sso_connection: false,
  created_at: row.created_at,
  updated_at: row.updated_at,
})

const app = new Hono()
app.get('/v1/users', (c) => c.json(list.all(c.req.query('limit'), 0).map(userView)))
app.get('/v1/users/:id', (c) => c.json(userView(get.get(c.req.param('id')))))
app.post('/v1/users', async (c) => c.json(userView(create(await c.req.json()))))

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => process.send?.(`http://127.0.0.1:${port}`))
process.on('disconnect', () => process.exit())
