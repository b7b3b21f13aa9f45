import { setTimeout as sleep } from 'node:timers/promises'
import Libsql from 'libsql'
import AsyncLibsql from 'libsql/promise'
import { createTurns } from './turns.js'

/** Runs a statement in another thread, and nothing else on the connection meanwhile: the process goes on while the disk works. */
export const inBackground = AsyncLibsql.prototype.exec as unknown as (
  this: Libsql.Database,
  sql: string,
) => Promise<void>

/** Milliseconds after which a group takes in no more: what was done first waits so long for what comes later. */
const longest = 10
/** Writes in one group. */
const most = 1_000

/** Milliseconds that a write waits for others, of this process or another one. */
const patience = 5_000
/** Milliseconds between two looks at whether another process still writes. */
const interval = 5

/**
 * What writes to an SQLite file. A commit waits for the disk, which takes longer than most of what it commits, so writes
 * that come at the same time are committed together: they are carried out one after the other in one transaction of the
 * database, each seeing what was written before it, and none is over before the commit.
 */
export interface GroupCommit {
  /** Carries out one statement. It is written, or nothing of it is. */
  write<Result>(statement: () => Promise<Result>): Promise<Result>
  /** Carries out what only reads, for whoever has no other connection: after all that came before it, and its commit. */
  read<Result>(statement: () => Promise<Result>): Promise<Result>
  /** Begins a transaction, which must end. Until then, nothing else is written. */
  begin(): Promise<GroupedTransaction>
  /** Waits for all that is being written, and lets in nothing else. */
  close(): Promise<void>
}

/** One of the transactions that are committed together. One that is rolled back leaves the others as they are. */
export interface GroupedTransaction {
  run<Result>(statement: () => Promise<Result>): Promise<Result>
  /** Resolves when the whole group is on the disk. */
  commit(): Promise<void>
  /**
   * Resolves at that time too: what made the transaction fail may be something that another one of the group has written.
   * Does nothing when the transaction is over.
   */
  rollback(): Promise<void>
}

/** A transaction of the database, and who waits for the end of it. */
interface Group {
  began: number
  writes: number
  /** Whoever writes at this moment is to be the last. */
  isDue: boolean
  failure?: { error: unknown }
  /** Resolves when it is committed, and rejects with what all are told when it is not. */
  over: Promise<void>
  end: () => void
  fail: (error: unknown) => void
}

/**
 * @param file to which nobody else in this process writes
 * @param beforeCommit what else is to be written with each group
 * @param requireInPlace throws when what is written is not where it will be looked for
 */
export function createGroupCommit(
  file: Libsql.Database,
  beforeCommit: () => Promise<void>,
  requireInPlace: () => void,
): GroupCommit {
  const statements = {
    begin: file.prepare('begin immediate'),
    rollback: file.prepare('rollback'),
    savepoint: file.prepare('savepoint write'),
    release: file.prepare('release write'),
    rollbackTo: file.prepare('rollback to write'),
  }
  const turns = createTurns(patience, locked)
  /** The one that writes may join. */
  let open: Group | undefined
  let closed = false

  async function enter(): Promise<Group> {
    await turns.take()
    try {
      if (closed) throw new Error('the database is closed')
      open ??= await newGroup()
      return open
    } catch (error) {
      turns.pass()
      throw error
    }
  }

  async function newGroup(): Promise<Group> {
    await beginTransaction()
    try {
      // Not before: until a transaction has begun, whoever else closes the file may take its log along.
      requireInPlace()
    } catch (error) {
      statements.rollback.run()
      throw error
    }
    const group = { began: performance.now(), writes: 0, isDue: false } as Group
    group.over = new Promise((resolve, reject) => {
      group.end = resolve
      group.fail = reject
    })
    // Whoever takes part asks for it; nobody may yet when it fails.
    group.over.catch(() => {})
    setImmediate(commitWhenQuiet, group, 0)
    return group
  }

  /** Sleeps while another process writes; SQLite itself would hold up everything else meanwhile. */
  async function beginTransaction(): Promise<void> {
    for (const began = performance.now(); ; await sleep(interval)) {
      try {
        statements.begin.run()
        return
      } catch (error) {
        if (!isBusy(error) || performance.now() - began > patience) throw error
      }
    }
  }

  /**
   * Commits once a round of the event loop has brought no more writes. A request that comes alone waits for a moment only,
   * and of many that have come at the same time, all get into the group.
   */
  function commitWhenQuiet(group: Group, writesBefore: number): void {
    if (group !== open) return
    if (turns.taken) group.isDue = true
    else if (group.writes > writesBefore && !isFull(group)) setImmediate(commitWhenQuiet, group, group.writes)
    else void commitInTurn(group)
  }

  async function commitInTurn(group: Group): Promise<void> {
    await turns.take()
    await commit(group)
    turns.pass()
  }

  const isFull = ({ isDue, writes, began }: Group) => isDue || writes >= most || performance.now() - began >= longest

  /** For whoever has the turn, and keeps it meanwhile. */
  async function commit(group: Group): Promise<void> {
    open = undefined
    try {
      await beforeCommit()
      await inBackground.call(file, 'commit')
      requireInPlace()
      group.end()
    } catch (error) {
      abandon(group, error)
    }
  }

  /** Takes back all that a group has written, and tells everybody why. */
  function abandon(group: Group, error: unknown): void {
    group.failure = { error }
    group.fail(error)
    rollback()
  }

  /** It can fail where the disk does, and the transaction is over all the same. */
  function rollback(): void {
    open = undefined
    try {
      if (file.inTransaction) statements.rollback.run()
    } catch {}
  }

  async function run<Result>(group: Group, work: () => Promise<Result>): Promise<Result> {
    // Without its transaction, the database would keep at once what is written.
    if (group.failure) throw group.failure.error
    try {
      return await work()
    } catch (error) {
      // A full disk, for one, makes SQLite itself take back everything.
      if (!file.inTransaction) abandon(group, error)
      throw error
    }
  }

  function orAbandon(group: Group, work: () => void): void {
    if (group.failure) return
    try {
      work()
    } catch (error) {
      abandon(group, error)
    }
  }

  async function leave(group: Group): Promise<void> {
    group.writes++
    if (group === open && isFull(group)) await commit(group)
    turns.pass()
    await group.over
  }

  const transactionIn = (group: Group, isFirst: boolean): GroupedTransaction => {
    let isOver = false

    const release = () => {
      if (!isFirst) statements.release.run()
    }

    function takeBack() {
      if (isFirst) {
        rollback()
        group.end()
      } else {
        statements.rollbackTo.run()
        statements.release.run()
      }
    }

    async function end(how: () => void) {
      if (isOver) return
      isOver = true
      orAbandon(group, how)
      await leave(group)
    }

    return {
      async run(statement) {
        if (isOver) throw new Error('the transaction is over: wait for each of its statements')
        return run(group, statement)
      },
      commit: () => end(release),
      rollback: () => end(takeBack),
    }
  }

  return {
    async write(statement) {
      const group = await enter()
      try {
        return await run(group, statement)
      } finally {
        await leave(group)
      }
    },

    async read(statement) {
      await turns.take()
      try {
        if (open) await commit(open)
        return await statement()
      } finally {
        turns.pass()
      }
    },

    async begin() {
      const group = await enter()
      // The first one needs no savepoint: before it is the beginning.
      const isFirst = group.writes === 0
      if (!isFirst) orAbandon(group, () => statements.savepoint.run())
      if (group.failure) await leave(group)
      return transactionIn(group, isFirst)
    },

    async close() {
      const stuck = await turns.take().catch((error: unknown) => ({ error }))
      closed = true
      if (open && stuck) abandon(open, stuck.error)
      else if (open) await commit(open)
      if (!stuck) turns.pass()
    },
  }
}

const isBusy = (error: unknown) => error instanceof Libsql.SqliteError && error.code.startsWith('SQLITE_BUSY')

const locked = () => new Libsql.SqliteError('another write takes too long', 'SQLITE_BUSY')
