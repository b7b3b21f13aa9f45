import { command } from '../command.js'
import { toggle } from '../flags.js'
import { keptStorageFlagNames, keptStorageFlags, keptStorageOf } from '../storage-flags.js'

export const migrate = command({
  summary: 'Bring a database to this version, without serving it',
  flags: {
    ...keptStorageFlags,
    status: toggle('Only show what is applied and what is pending'),
    json: toggle('Print one line of JSON: for --status the migrations, else the names of those that were applied'),
  },
  exclusive: keptStorageFlagNames,
  notes: [
    'start does the same before it serves. Several may be run at once: one applies what is missing, the others wait for it.',
  ],
  exitCodes: {
    0: 'the database is at this version; for --status: its state was shown',
    1: 'it is not: it was made by a newer version, is in use, cannot be reached, …',
    2: 'the command line is wrong',
  },
  examples: ['clerk-server migrate --data-dir .clerk', 'clerk-server migrate --database-url "$DATABASE_URL" --status'],
  async run({ status, json, ...flags }) {
    const storage = keptStorageOf(flags)
    const { applyMigrations, showMigrations } = await import('../migration.js')
    process.stdout.write(await (status ? showMigrations : applyMigrations)(storage, json))
  },
})
