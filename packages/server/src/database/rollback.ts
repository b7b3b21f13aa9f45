import type { Dialect } from 'kysely'

/**
 * A dialect in which a rollback that fails does not hide why there was one. It fails where the transaction is gone already:
 * with its connection, or because SQLite itself has rolled it back, which it does on a full disk.
 */
export const withQuietRollback = (dialect: Dialect): Dialect => ({
  createAdapter: () => dialect.createAdapter(),
  createIntrospector: (db) => dialect.createIntrospector(db),
  createQueryCompiler: () => dialect.createQueryCompiler(),
  createDriver() {
    const driver = dialect.createDriver()
    const rollback = driver.rollbackTransaction.bind(driver)
    driver.rollbackTransaction = (connection) => rollback(connection).catch(() => {})
    return driver
  },
})
