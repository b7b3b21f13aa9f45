import { command } from '../command.js'
import { keptStorageFlagNames, keptStorageFlags, keptStorageOf } from '../storage-flags.js'

export const exportUsers = command({
  summary: 'Write every user as a line of JSON, beside the server that is running',
  operands: [
    { name: 'FILE', description: 'Where they go: a file that is not there yet, or - (the default)', optional: true },
  ],
  flags: keptStorageFlags,
  exclusive: keptStorageFlagNames,
  notes: [
    'A line has everything of a user: addresses, metadata, password digest, authenticator application, flags, times and all ids. Lines are in the order of the ids and keys in that of the alphabet, so that the same users are always the same bytes, whatever database they are in; metadata keep the order of their application. All lines are of one moment. They are as secret as the database.',
    'The secrets of authenticator applications are in the clear in it: where they are sealed, CLERK_SERVER_ENCRYPTION_KEY must be what the servers have. Backup codes are of one instance only, and left out.',
  ],
  exitCodes: {
    0: 'every user was written',
    1: 'there is no database, it is of another version, FILE is there already, …',
    2: 'the command line is wrong',
  },
  examples: [
    'clerk-server export users.jsonl',
    'clerk-server export --database-url "$DATABASE_URL" - | gzip > users.jsonl.gz',
  ],
  async run(flags, [target = '-']) {
    const { exportTo } = await import('../transfer.js')
    process.stderr.write(await exportTo(keptStorageOf(flags), target))
  },
})
