import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  SelectQueryNode,
  SqliteDriver,
  type TransactionSettings,
} from 'kysely'
import type { GroupCommit } from './group-commit.js'
import type { PreparedStatements } from './prepared-statements.js'

/** What the queries of one process to an SQLite file go through. */
export interface SqliteFile {
  /** The one connection that writes. */
  writer: PreparedStatements
  groups: GroupCommit
  /** A connection that never sees what is not committed, and waits for no write. A database in memory has none. */
  reader: PreparedStatements | undefined
  /** Opens one more of them. */
  openReader: (() => PreparedStatements) | undefined
}

interface OpenTransaction {
  executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>>
  commit(): Promise<void>
  rollback(): Promise<void>
}

/** Sends the queries of an SQLite file where they belong: what writes into a group, what only reads past it. */
export function createSqliteDriver({ writer, groups, reader, openReader }: SqliteFile): Driver {
  let writing: DatabaseConnection
  let reading: DatabaseConnection | undefined

  async function beginWriting(): Promise<OpenTransaction> {
    const { run, commit, rollback } = await groups.begin()
    return { executeQuery: (query) => run(() => writing.executeQuery(query)), commit, rollback }
  }

  /** What was there at one moment, however long it takes to read it. */
  async function beginReading(file: PreparedStatements): Promise<OpenTransaction> {
    const connection = await connectionTo(file)
    file.prepare('begin').run([])
    const end = async () => file.close()
    return { executeQuery: (query) => connection.executeQuery(query), commit: end, rollback: end }
  }

  /** What kysely takes for a connection of its own, as long as it has it. */
  class Connection implements DatabaseConnection {
    transaction: OpenTransaction | undefined

    async begin({ accessMode }: TransactionSettings) {
      this.transaction = await (accessMode === 'read only' && openReader ? beginReading(openReader()) : beginWriting())
    }

    async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
      if (this.transaction) return this.transaction.executeQuery(query)
      if (!isRead(query)) return groups.write(() => writing.executeQuery(query))
      return reading?.executeQuery(query) ?? groups.read(() => writing.executeQuery(query))
    }

    streamQuery(): never {
      throw new Error('a query is not streamed: read it page by page')
    }
  }

  return {
    async init() {
      writing = await connectionTo(writer)
      reading = reader && (await connectionTo(reader))
    },
    acquireConnection: async () => new Connection(),
    beginTransaction: (connection: Connection, settings) => connection.begin(settings),
    commitTransaction: async ({ transaction }: Connection) => transaction?.commit(),
    rollbackTransaction: async ({ transaction }: Connection) => transaction?.rollback(),
    releaseConnection: async () => {},
    destroy: async () => reader?.close(),
  }
}

/** Runs statements one by one, as kysely has it. */
async function connectionTo(database: PreparedStatements): Promise<DatabaseConnection> {
  const driver = new SqliteDriver({ database })
  await driver.init()
  return driver.acquireConnection()
}

/** Where a statement was written by hand, its first word tells. A reader refuses to write, whatever it is sent. */
const isRead = ({ query, sql }: CompiledQuery) => SelectQueryNode.is(query) || /^\s*(select|pragma)\b/i.test(sql)
