import { command } from '../command.js'
import { prepareFirstStart } from '../first-start.js'
import { notEmpty, option, toggle, wholeNumber } from '../flags.js'
import { storageFlagNames, storageFlags, storageOf } from '../storage-flags.js'

export const start = command({
  summary: 'Serve the Backend API',
  flags: {
    host: option({ value: 'HOST', description: 'Address to listen on', default: '127.0.0.1', read: notEmpty }),
    port: option({
      value: 'PORT',
      description: 'Port to listen on, 0 for any that is free',
      default: '4010',
      read: wholeNumber({ max: 65_535 }),
    }),
    ...storageFlags,
    seed: option({
      value: 'FILE',
      description: 'Fill an empty database with users, one JSON object a line, each as POST /v1/users takes it',
      read: notEmpty,
    }),
    json: toggle(
      'Print one line of JSON when ready: event, url, apiUrl, frontendApiUrl, secretKey, apiKey, publishableKey, pid',
    ),
  },
  exclusive: storageFlagNames,
  notes: [
    'Of --data-dir, --memory and --database-url give one at most. Logs go to the standard error. SIGTERM and SIGINT finish the requests that were accepted, then end the server; a second one ends it at once.',
  ],
  exitCodes: {
    0: 'stopped by a signal',
    1: 'could not start: the port or the data directory is in use, the database cannot be reached, …',
    2: 'the command line or the seed is wrong',
  },
  examples: ['clerk-server start --memory', 'clerk-server start --port 0 --memory --json'],
  async run({ host, port, seed, json, ...flags }) {
    const storage = storageOf(flags)
    prepareFirstStart(storage)
    const { serve } = await import('../serve.js')
    await serve({ host, port, storage, seedFile: seed, json })
  },
})
