import type { Clock } from '../clock.js'
import type { Queries, TransactionQueries } from '../database/database.js'
import { ApiError } from '../errors.js'
import type { Environment } from '../options.js'
import { defaultsIn, settingNames } from './definitions.js'
import { contradictionIn } from './rules.js'
import type { Settings, SettingsChange } from './settings.js'

/** Milliseconds after which settings are read again: so long one server can go by what another has changed. */
const maximumAge = 2_000

export interface SettingsStore {
  /** As they are now. */
  read(): Promise<Settings>
  /** As they are now, for whoever is amid a transaction. */
  within(transaction: TransactionQueries): Promise<Settings>
  /** As they were at most two seconds ago; what this server has changed it knows at once. For what is asked often. */
  current(): Promise<Settings>
  /** The names of those that were set; the others are as they are by default. */
  namesSet(): Promise<ReadonlySet<string>>
  /**
   * Sets what is given, all or nothing, and leaves the rest.
   *
   * @throws ApiError `form_param_value_invalid` when the settings could not stand together
   */
  change(change: SettingsChange): Promise<Settings>
  /** Leaves it to the default again. @throws ApiError as {@link change} */
  unset(name: keyof Settings): Promise<Settings>
}

/** The settings of an instance, which all servers share that share its database. */
export function createSettingsStore(queries: Queries, environment: Environment, clock: Clock): SettingsStore {
  const defaults = defaultsIn(environment)
  let known: { settings: Settings; readAt: number } | undefined
  let reading: Promise<Settings> | undefined

  async function readFrom(source: Queries | TransactionQueries): Promise<Settings> {
    // One that only a newer version has is left alone.
    const rows = await source
      .selectFrom('settings')
      .select(['name', 'value'])
      .where('name', 'in', settingNames)
      .execute()
    return { ...defaults, ...Object.fromEntries(rows.map(({ name, value }) => [name, JSON.parse(value) as unknown])) }
  }

  async function read(): Promise<Settings> {
    const readAt = performance.now()
    const settings = await readFrom(queries)
    // What was read before a change must not hide it.
    if (known === undefined || known.readAt <= readAt) known = { settings, readAt }
    return settings
  }

  /** One change after another, on whichever server, so that two cannot bring about together what neither could alone. */
  async function alter(work: (transaction: TransactionQueries) => Promise<unknown>): Promise<Settings> {
    const settings = await queries.transaction().execute(async (transaction) => {
      await transaction.updateTable('instance').set({ updated_at: clock() }).execute()
      await work(transaction)
      const altered = await readFrom(transaction)
      const contradiction = contradictionIn(altered, environment)
      if (contradiction !== undefined) throw new ApiError('form_param_value_invalid', { message: contradiction })
      return altered
    })
    known = { settings, readAt: performance.now() }
    return settings
  }

  return {
    read,

    within: readFrom,

    async current() {
      if (known !== undefined && performance.now() - known.readAt < maximumAge) return known.settings
      reading ??= read().finally(() => {
        reading = undefined
      })
      return reading
    },

    async namesSet() {
      const rows = await queries.selectFrom('settings').select('name').execute()
      return new Set(rows.map(({ name }) => name))
    },

    async change(change) {
      const rows = Object.entries(change)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => ({ name, value: JSON.stringify(value), updated_at: clock() }))
      if (rows.length === 0) return read()
      return alter((transaction) =>
        transaction
          .insertInto('settings')
          .values(rows)
          .onConflict((conflict) =>
            conflict.column('name').doUpdateSet((settings) => ({
              value: settings.ref('excluded.value'),
              updated_at: settings.ref('excluded.updated_at'),
            })),
          )
          .execute(),
      )
    },

    unset: (name) => alter((transaction) => transaction.deleteFrom('settings').where('name', '=', name).execute()),
  }
}
