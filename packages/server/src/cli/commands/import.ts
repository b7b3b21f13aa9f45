import { command } from '../command.js'
import { toggle } from '../flags.js'
import { keptStorageFlagNames, keptStorageFlags, keptStorageOf } from '../storage-flags.js'

export const importUsers = command({
  summary: 'Read users from the lines of an export: all of them, or none',
  operands: [
    { name: 'FILE', description: 'Where they are, or - (the default) for the standard input', optional: true },
  ],
  flags: {
    ...keptStorageFlags,
    'skip-existing': toggle('Leave out users whose id, name or address is there already, and say so'),
    'dry-run': toggle('Check every line, and keep nothing'),
  },
  exclusive: keptStorageFlagNames,
  notes: [
    'The database may have users, and is brought to this version first. A data directory must not be in use. The lines are those of export; for lines as POST /v1/users takes them there is start --seed.',
    'The secrets of authenticator applications are sealed with CLERK_SERVER_ENCRYPTION_KEY, which must be what the servers have. Users have no backup codes afterwards, and get new ones themselves.',
  ],
  exitCodes: {
    0: 'every user is there; with --dry-run: would be',
    1: 'the data directory is in use, the database cannot be reached, …',
    2: 'the command line is wrong, or a line, which is named: nothing was imported',
  },
  examples: [
    'clerk-server import users.jsonl',
    'gunzip < users.jsonl.gz | clerk-server import --database-url "$DATABASE_URL" -',
  ],
  async run({ 'skip-existing': skipExisting, 'dry-run': dryRun, ...flags }, [source = '-']) {
    const { importFrom } = await import('../transfer.js')
    process.stderr.write(await importFrom(keptStorageOf(flags), source, { skipExisting, dryRun }))
  },
})
