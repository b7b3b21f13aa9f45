import { command } from '../command.js'
import { prepareFirstStart } from '../first-start.js'
import { notEmpty, option, toggle, wholeNumber } from '../flags.js'
import { storageFlagNames, storageOf, throwawayStorageFlags } from '../storage-flags.js'

export const exec = command({
  summary: 'Run a command with a server of its own, which ends when the command does',
  operands: [{ name: 'COMMAND', description: 'What to run, after --, with its arguments', repeated: true }],
  flags: {
    port: option({
      value: 'PORT',
      description: 'Port to listen on, 0 for any that is free',
      default: '0',
      read: wholeNumber({ max: 65_535 }),
    }),
    ...throwawayStorageFlags,
    seed: option({
      value: 'FILE',
      description: 'Fill an empty database with users, one JSON object a line, each as POST /v1/users takes it',
      read: notEmpty,
    }),
    log: toggle("Write the server's log to the standard error"),
  },
  exclusive: storageFlagNames,
  notes: [
    'Without --data-dir and --database-url everything is kept in memory; --memory sees to it where the environment names another storage. The command gets CLERK_API_URL, CLERK_API_KEY, CLERK_SECRET_KEY, CLERK_PUBLISHABLE_KEY, NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY, and CLERK_TELEMETRY_DISABLED=1 as environment variables, does not get the encryption keys of the server, and gets the standard streams and signals as they are.',
  ],
  exitCodes: {
    0: 'the command ended with 0; any other code of the command is handed on, and 128 and its number for a signal',
    1: 'the server could not start',
    2: 'the command line or the seed is wrong',
    126: 'the command cannot be run',
    127: 'there is no such command',
  },
  examples: ['clerk-server exec -- npx vitest run', 'clerk-server exec --seed test/users.jsonl -- npm test'],
  async run({ port, seed, log, ...flags }, [program = '', ...programArguments]) {
    const storage = storageOf(flags)
    prepareFirstStart(storage)
    const { runWithServer } = await import('../run-with-server.js')
    process.exitCode = await runWithServer([program, ...programArguments], { storage, port, seedFile: seed, log })
  },
})
