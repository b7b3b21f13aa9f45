import type { InstanceRestrictionsJSON } from '@clerk-server/contract'
import type { Clock } from '../clock.js'
import type { Queries } from '../database/database.js'
import type { Environment } from '../options.js'

/** How an instance behaves. */
export interface Settings extends Omit<InstanceRestrictionsJSON, 'object'> {
  /** Whether addresses and numbers that are made for tests are taken. */
  test_mode: boolean
  support_email: string | null
  development_origin: string | null
  allowed_origins: string[] | null
  preferred_sign_in_strategy_when_password_required: 'password' | 'otp' | null
  /** Whether more than one user can be signed in in one browser. */
  session_mode: 'single' | 'multi'
}

export interface SettingsStore {
  read(): Promise<Settings>
  /** Sets what is given, all or nothing, and leaves the rest. */
  change(change: { [Name in keyof Settings]?: Settings[Name] | undefined }): Promise<Settings>
}

/** Every server that shares the database reads what is set there, each time anew. */
export function createSettingsStore(queries: Queries, environment: Environment, clock: Clock): SettingsStore {
  const defaults: Settings = {
    test_mode: environment === 'development',
    support_email: null,
    development_origin: null,
    allowed_origins: null,
    preferred_sign_in_strategy_when_password_required: null,
    session_mode: 'single',
    allowlist: false,
    blocklist: false,
    allowlist_blocklist_disabled_on_sign_in: false,
    block_email_subaddresses: false,
    block_disposable_email_domains: false,
    ignore_dots_for_gmail_addresses: false,
  }

  async function read(): Promise<Settings> {
    const rows = await queries.selectFrom('settings').select(['name', 'value']).execute()
    return { ...defaults, ...Object.fromEntries(rows.map(({ name, value }) => [name, JSON.parse(value) as unknown])) }
  }

  return {
    read,

    async change(change) {
      const rows = Object.entries(change)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => ({ name, value: JSON.stringify(value), updated_at: clock() }))
        // In one order whoever changes them: two changes of the same settings must not wait for each other in PostgreSQL.
        .sort((a, b) => (a.name < b.name ? -1 : 1))
      if (rows.length > 0) {
        await queries
          .insertInto('settings')
          .values(rows)
          .onConflict((conflict) =>
            conflict.column('name').doUpdateSet((settings) => ({
              value: settings.ref('excluded.value'),
              updated_at: settings.ref('excluded.updated_at'),
            })),
          )
          .execute()
      }
      return read()
    },
  }
}
