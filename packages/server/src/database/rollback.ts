import type { Dialect } from 'kysely'

/**
 * A dialect in which a rollback that fails does not hide why there was one. It fails where the transaction is gone already,
 * with its connection.
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
