import { command } from '../command.js'
import { notEmpty, option, toggle } from '../flags.js'
import { keptStorageFlagNames, keptStorageFlags, keptStorageOf } from '../storage-flags.js'

export const doctor = command({
  summary: 'Look for what can keep a server from starting or working, and say what to do',
  flags: {
    ...keptStorageFlags,
    'smtp-url': option({
      value: 'URL',
      description: 'Greet this mail server, and sign in to it; no mail is sent',
      read: notEmpty,
    }),
    json: toggle('Print one line of JSON: ok, and checks with check, verdict (ok, warn, fail), message, remedy'),
  },
  exclusive: keptStorageFlagNames,
  notes: ['Nothing is changed by it, and a server may run meanwhile.'],
  exitCodes: { 0: 'no check failed; some may warn', 1: 'a check failed', 2: 'the command line is wrong' },
  examples: ['clerk-server doctor', 'clerk-server doctor --database-url "$DATABASE_URL" --json'],
  async run({ json, ...flags }) {
    const { examine } = await import('../examination.js')
    process.exitCode = await examine({ storage: keptStorageOf(flags), smtpUrl: flags['smtp-url'], json })
  },
})
