import { resolve } from 'node:path'
import { migrationStatus } from '../database/migrate.js'
import { formerKeyringFile, formerKeyringTable } from '../instance/former-keyring.js'
import { readInstance, requireSameInstance } from '../instance/instance.js'
import { createSealing } from '../sealing/sealing.js'
import { StartupError } from '../startup-error.js'
import { createSigningKeyStore } from '../tokens/signing-key-store.js'
import { type Check, type Finding, fail, ok, type Patient, warn } from './check.js'

const none = warn('are not there yet', 'nothing: the first start makes them')

export const keys: Check = async (patient) => {
  const { database, databaseProblem } = patient
  if (databaseProblem !== undefined) return undefined
  const applied = database ? (await migrationStatus(database)).filter(({ state }) => state === 'applied') : []
  const isKept = applied.some(({ name }) => name === '0003-keys')
  const found = isKept ? await saying(sealedAs, () => kept(patient)) : none
  if (found?.verdict === 'fail') return found
  const former = await saying(asItSays, () => formerKeys(patient, applied.length > 0, isKept))
  return former ?? found
}

async function kept({ database, encryptionKeys, now }: Patient): Promise<Finding | undefined> {
  if (!database) return undefined
  const { encryptionKey, previousEncryptionKey } = encryptionKeys
  const store = createSigningKeyStore(createSealing(encryptionKey, previousEncryptionKey), () => now)
  const rows = await store.list(database.queries)
  if (rows.length === 0) return none
  store.open(rows, [], (error) => {
    throw error
  })
  return ok('can be read')
}

/** Keys that the next start moves to where they are kept now. */
async function formerKeys(
  { storage, database }: Patient,
  hasTables: boolean,
  isKept: boolean,
): Promise<Finding | undefined> {
  const table = database && hasTables ? formerKeyringTable(database.queries) : undefined
  const keyring = 'dataDir' in storage ? formerKeyringFile(resolve(storage.dataDir)) : table
  const former = await keyring?.load()
  if (!keyring || !former) return undefined
  const instance = database && isKept ? await readInstance(database.queries) : undefined
  if (instance) requireSameInstance(keyring.name, former, instance)
  return warn(
    `are in ${keyring.name}, as the first versions kept them`,
    'nothing: the next start takes them over, and removes them there',
  )
}

const sealedAs = 'give the encryption key they were sealed with, or restore them from a backup'
const asItSays = 'nothing starts before: do as the message says'

/** What is wrong with a key may show the key. */
async function saying(remedy: string, look: () => Promise<Finding | undefined>): Promise<Finding | undefined> {
  try {
    return await look()
  } catch (error) {
    return fail(error instanceof StartupError ? error.message : 'cannot be read', remedy)
  }
}
