import { command } from '../command.js'
import { keptStorageFlagNames, keptStorageFlags, keptStorageOf } from '../storage-flags.js'

export const backup = command({
  summary: 'Copy a data directory, beside the server that uses it',
  operands: [{ name: 'DIR', description: 'Where the copy goes: a folder that is not there yet' }],
  flags: keptStorageFlags,
  exclusive: keptStorageFlagNames,
  notes: [
    'The copy has everything as it was at one moment, and is a data directory by itself: to restore it, start on it, or on a copy of it. It is there whole or not at all, and on the disk when the command ends with 0. It holds the keys, and only its owner can read it.',
    'For --database-url it prints the command of PostgreSQL that does this.',
  ],
  exitCodes: {
    0: 'the copy is there',
    1: 'there is nothing to copy, DIR is there already, the disk is full, …',
    2: 'the command line is wrong, or names a PostgreSQL database',
  },
  examples: [
    'clerk-server backup /var/backups/clerk/2026-11-23',
    'clerk-server start --data-dir /var/backups/clerk/2026-11-23',
  ],
  async run(flags, [target = '']) {
    const { backUp } = await import('../backup.js')
    process.stderr.write(await backUp(keptStorageOf(flags), target))
  },
})
