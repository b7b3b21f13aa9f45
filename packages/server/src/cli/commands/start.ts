import { logLevels } from '../../options.js'
import { command } from '../command.js'
import { deliveryFlags, deliveryOptions } from '../delivery-flags.js'
import { prepareFirstStart } from '../first-start.js'
import { httpUrl, list, notEmpty, oneOf, option, toggle, wholeNumber } from '../flags.js'
import { rateLimits } from '../rate-limits-flag.js'
import { storageFlagNames, storageFlags, storageOf } from '../storage-flags.js'

export const start = command({
  summary: 'Serve the Backend API, the Frontend API, the pages and the dashboard',
  flags: {
    host: option({ value: 'HOST', description: 'Address to listen on', default: '127.0.0.1', read: notEmpty }),
    port: option({
      value: 'PORT',
      description: 'Port to listen on, 0 for any that is free',
      default: '4010',
      read: wholeNumber({ max: 65_535 }),
    }),
    ...storageFlags,
    production: toggle('Be a production instance, with live keys, instead of a development instance with test keys'),
    issuer: option({
      value: 'URL',
      description:
        'What tokens and the publishable key name: https://clerk.example.com. For the first start; production needs it, in development it is https://clerk.localhost unless given',
      read: notEmpty,
    }),
    seed: option({
      value: 'FILE',
      description: 'Fill an empty database with users, one JSON object a line, each as POST /v1/users takes it',
      read: notEmpty,
    }),
    'public-url': option({
      value: 'URL',
      description: 'Where people reach the server, for links in mails and on pages (default: where it listens)',
      read: httpUrl,
    }),
    expose: toggle('Let a development instance listen on an address that other machines reach'),
    'trust-proxy': option({
      value: 'LIST',
      description: 'Addresses and networks of proxies whose X-Forwarded-For is believed, with commas between them',
      read: list,
    }),
    'rate-limits': option({
      value: 'LIMITS',
      description: 'Other limits than the usual ones, such as api=1000/10,user-updates=off, in requests per seconds',
      read: rateLimits,
    }),
    'metrics-token': option({
      value: 'TOKEN',
      description: 'What GET /metrics asks for as a bearer; without it, only a development instance has metrics',
      read: notEmpty,
    }),
    'log-level': option({
      value: 'LEVEL',
      description: `The least of what is logged: ${logLevels.join(', ')}`,
      default: 'info',
      read: oneOf(...logLevels),
    }),
    ...deliveryFlags,
    json: toggle(
      'Print one line of JSON when ready: event, url, apiUrl, frontendApiUrl, secretKey, apiKey, publishableKey, pid',
    ),
  },
  exclusive: storageFlagNames,
  notes: [
    'What an instance is for, and its issuer, are decided at its first start. A production instance shows its first key then, and never again; clerk-server keys create makes others.',
    'With CLERK_SERVER_ENCRYPTION_KEY, 32 bytes in base64 or hex, private keys and readable test keys are sealed in the database; CLERK_SERVER_ENCRYPTION_KEY_PREVIOUS is the one before, when it is changed.',
    'Of --data-dir, --memory and --database-url give one at most. Logs go to the standard error. SIGTERM and SIGINT finish the requests that were accepted, then end the server; a second one ends it at once.',
  ],
  exitCodes: {
    0: 'stopped by a signal',
    1: 'could not start: the port or the data directory is in use, the database cannot be reached, …',
    2: 'the command line, the encryption key or the seed is wrong',
  },
  examples: [
    'clerk-server start --memory',
    'clerk-server start --port 0 --memory --json',
    'clerk-server start --production --issuer https://clerk.example.com',
    'clerk-server start --host 0.0.0.0 --expose --log-level debug',
  ],
  async run({ host, port, production, issuer, seed, json, ...flags }) {
    const storage = storageOf(flags)
    const delivery = deliveryOptions(flags)
    prepareFirstStart(storage)
    const { serve } = await import('../serve.js')
    const publicUrl = flags['public-url']
    await serve({
      storage,
      host,
      port,
      json,
      environment: production ? 'production' : 'development',
      issuer,
      seedFile: seed,
      ...delivery,
      exposed: flags.expose,
      trustedProxies: flags['trust-proxy'],
      rateLimits: flags['rate-limits'],
      metrics: { token: flags['metrics-token'] },
      logLevel: flags['log-level'],
      ...(publicUrl !== undefined && { publicUrl: () => publicUrl }),
    })
  },
})
