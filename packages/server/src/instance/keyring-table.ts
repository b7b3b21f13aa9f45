import type { Queries } from '../database/database.js'
import { Keyring, type KeyringStore } from './keyring.js'

/** A keyring in the database, for servers that have nothing else in common. Whoever keeps one first wins. */
export function keyringTable(queries: Queries): KeyringStore {
  const load = async () => {
    const row = await queries.selectFrom('keyring').select('keys').executeTakeFirst()
    return row && Keyring.parse(JSON.parse(row.keys))
  }
  return {
    load,
    async keep(keyring) {
      await queries
        .insertInto('keyring')
        .values({ id: 1, keys: JSON.stringify(keyring) })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute()
      return (await load()) as Keyring
    },
  }
}
