import type Libsql from 'libsql'
import { inBackground } from '../group-commit.js'
import type { PreparedStatements } from '../prepared-statements.js'

/**
 * Users in the backlog with whom a commit does not leave it behind. Among a million users it takes some 20 ms to write and
 * commit the texts of so many new ones, for which a search may have to wait.
 */
const most = 250
/** Milliseconds after a commit that left some behind. */
const quiet = 100

/**
 * Brings the indexes of an SQLite file up to date with the users in its backlog. To do so for many together takes a fraction
 * of the time, and nobody but a search needs it. So commits leave the backlog behind, until somebody searches, until
 * there are many in it, or until nobody has written for a moment.
 */
export interface SearchSettlement {
  /** Resolves when the indexes are up to date with what was committed at the time of the call. */
  settle(): Promise<void>
  /** What is to be done before each commit. It does nothing to a database that is of a former version yet. */
  beforeCommit(): Promise<void>
  /** To be called when nothing is committed any more. */
  close(): void
}

/**
 * @param file to write to
 * @param reader of what is committed; a database in memory has none
 * @param write carries out what writes to the file, and commits it
 */
export function createSearchSettlement(
  file: Libsql.Database,
  reader: PreparedStatements | undefined,
  write: (work: () => Promise<void>) => Promise<void>,
): SearchSettlement {
  let count: Libsql.Statement | undefined
  let timer: NodeJS.Timeout | undefined

  /** Some hundred are counted by a look at one page or two. */
  function waiting(): number {
    count ??= isThere(file) ? file.prepare('select count(*) from user_search_backlog').raw() : undefined
    const [row] = (count?.all([]) ?? []) as [number][]
    return row?.[0] ?? 0
  }

  async function settle(): Promise<void> {
    if (reader?.prepare('select 1 from user_search_backlog limit 1').all([]).length === 0) return
    await write(async () => {
      if (waiting() > 0) await inBackground.call(file, settlement)
    })
  }

  /** What cannot be written now is left to whoever searches or writes next. */
  const settleQuietly = () => void settle().catch(() => {})

  return {
    settle,

    async beforeCommit() {
      const users = waiting()
      if (users >= most) return inBackground.call(file, settlement)
      if (users === 0) return
      timer ??= setTimeout(settleQuietly, quiet).unref()
      timer.refresh()
    },

    close: () => clearTimeout(timer),
  }
}

const isThere = (file: Libsql.Database) =>
  file.prepare("select 1 from sqlite_master where name = 'user_search_written'").all([]).length > 0

/** A trigger of the view writes to the indexes. Whoever is in the backlog and is no more has no texts. */
const settlement = `
  insert into user_search_texts (rank, email_addresses, phone_numbers, username, names, ids)
    select texts.rank, email_addresses, phone_numbers, username, names, ids
    from user_search_backlog cross join user_search_texts as texts on texts.rank = user_search_backlog.rank
    union all
    select rank, '', '', '', '', '' from user_search_backlog
    where not exists (select 1 from user_search where user_search.rank = user_search_backlog.rank);
  delete from user_search_backlog`
