import { type Command, command } from '../command.js'
import { FlagError, option, toggle } from '../flags.js'
import { keptStorageFlagNames, keptStorageFlags, storageOf } from '../storage-flags.js'

const shared = {
  ...keptStorageFlags,
  json: toggle('Print one line of JSON; times are milliseconds since 1970'),
}

const beside =
  'Works beside running servers, on a data directory too. They notice within 2 seconds, whichever of them is asked.'
const encryption = 'Where keys are sealed, CLERK_SERVER_ENCRYPTION_KEY must be what the servers have.'

const exitCodes = {
  0: 'done',
  1: 'could not be done: there is no such key or instance, the database cannot be reached, …',
  2: 'the command line or the encryption key is wrong',
}

function nameOfKey(text: string): string {
  if (text === '') throw new FlagError('must not be empty')
  if (!/^[^\p{C}]{1,100}$/u.test(text))
    throw new FlagError('must have at most 100 characters, none of them for control')
  return text
}

const create = command({
  summary: 'Make a secret key',
  flags: {
    ...shared,
    name: option({
      value: 'NAME',
      description: 'What it is for, for people to know',
      default: 'unnamed',
      read: nameOfKey,
    }),
  },
  exclusive: keptStorageFlagNames,
  notes: [
    'Prints the key. Of a production instance that is the only time: it is kept as a digest. Every key of an instance may do the same; one for each application can be revoked by itself.',
    beside,
    encryption,
  ],
  exitCodes,
  examples: ['clerk-server keys create --name billing', 'clerk-server keys create --database-url postgres://… --json'],
  async run({ name, json, ...flags }) {
    const { createKey } = await import('../keys.js')
    await createKey(storageOf(flags), { name, json })
  },
})

const list = command({
  summary: 'List the secret keys and the signing keys',
  flags: shared,
  exclusive: keptStorageFlagNames,
  notes: ['Of a secret key it shows the last four characters, and never more.'],
  exitCodes,
  examples: ['clerk-server keys list'],
  async run({ json, ...flags }) {
    const { listKeys } = await import('../keys.js')
    await listKeys(storageOf(flags), { json })
  },
})

const revoke = command({
  summary: 'End a secret key for good',
  operands: [{ name: 'ID', description: 'The id of the key in keys list: sec_…' }],
  flags: shared,
  exclusive: keptStorageFlagNames,
  notes: [beside],
  exitCodes,
  examples: ['clerk-server keys revoke sec_2abcdefghijklmnopqrstuvwxyz'],
  async run({ json, ...flags }, [id = '']) {
    const { revokeKey } = await import('../keys.js')
    await revokeKey(storageOf(flags), { id, json })
  },
})

const rotate = command({
  summary: 'Give the instance a new key to sign tokens with',
  flags: {
    ...shared,
    now: toggle('The keys there are may be in wrong hands: end them at once, and every token and link they signed'),
  },
  exclusive: keptStorageFlagNames,
  notes: [
    'The new key is in the key set at once, and signs 65 minutes later, when no client has a key set without it. The old one is in the key set for 65 minutes more. Nobody is signed out.',
    'Tokens end with their key: one that was made to last longer than that is refused once the old key has left the key set. Links in mails go on, for a year at most.',
    beside,
    encryption,
  ],
  exitCodes,
  examples: ['clerk-server keys rotate', 'clerk-server keys rotate --now'],
  async run({ now, json, ...flags }) {
    const { rotateKeys } = await import('../keys.js')
    await rotateKeys(storageOf(flags), { compromised: now, json })
  },
})

/** What changes the keys of an instance. */
export const keys: Readonly<Record<string, Command>> = {
  'keys create': create,
  'keys list': list,
  'keys revoke': revoke,
  'keys rotate': rotate,
}
