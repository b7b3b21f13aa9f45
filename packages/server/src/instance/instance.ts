import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock.js'
import type { Queries, TransactionQueries } from '../database/database.js'
import type { InstanceTable } from '../database/tables/index.js'
import type { Ids } from '../ids.js'
import type { Environment } from '../options.js'
import { placeOf, reseal } from '../sealing/reseal.js'
import type { Sealing } from '../sealing/sealing.js'
import { StartupError } from '../startup-error.js'
import { newKid, type SigningKeyStore } from '../tokens/signing-key-store.js'
import type { Keyring } from './former-keyring.js'
import { developmentIssuer } from './issuer.js'
import type { SecretKeyStore } from './secret-keys.js'
import type { OpenStorage } from './storage.js'

/** What makes an instance the one it is, for as long as it is there. */
export type Instance = Pick<InstanceTable, 'id' | 'environment' | 'issuer'>

/** What a server was started as. Whether the issuer can be one was checked. */
export interface Wanted {
  environment: Environment
  issuer: string | undefined
}

interface Stores {
  secretKeys: SecretKeyStore
  signingKeys: SigningKeyStore
  sealing: Sealing
  clock: Clock
  ids: Ids
}

interface Opened {
  instance: Instance
  /** What {@link derivedKey} makes secrets of. */
  rootSecret: string
  /** The secret to show to whoever started the server: of a production instance only when it was made just now. */
  secret: string | undefined
}

/**
 * Finds the instance that a database has, or begins one with its first keys.
 *
 * @throws StartupError when it is another one than was wanted, or is sealed with a key that is not at hand
 */
export async function openInstance(storage: OpenStorage, wanted: Wanted, stores: Stores): Promise<Opened> {
  const { queries } = storage.database
  const former = await storage.formerKeyring.load()
  const begun = (await readInstance(queries)) ? undefined : await begin(storage, wanted, stores, former)
  const instance = await existingInstance(queries)
  agree(instance, wanted)
  if (former) await leaveBehind(storage, former, instance)
  await reseal(queries, stores.sealing)
  const rootSecret = await readRootSecret(queries, instance, stores.sealing)
  return {
    instance,
    rootSecret,
    secret: instance.environment === 'production' ? begun : await testSecret(queries, stores),
  }
}

export const readInstance = (queries: Queries): Promise<Instance | undefined> =>
  queries.selectFrom('instance').select(['id', 'environment', 'issuer']).executeTakeFirst()

async function readRootSecret(queries: Queries, { id }: Instance, sealing: Sealing): Promise<string> {
  const { root_secret } = await queries.selectFrom('instance').select('root_secret').executeTakeFirstOrThrow()
  return sealing.open(placeOf('instance', id), root_secret)
}

/**
 * Runs what changes the keys of an instance in a transaction, one such change after another, on whichever server.
 *
 * @throws StartupError when the database has no instance
 */
export function changingKeys<Result>(
  queries: Queries,
  clock: Clock,
  change: (transaction: TransactionQueries, instance: Instance) => Promise<Result>,
): Promise<Result> {
  return queries.transaction().execute(async (transaction) => {
    // Written before anything is read: that makes the others wait.
    await transaction.updateTable('instance').set({ updated_at: clock() }).execute()
    return change(transaction, await existingInstance(transaction))
  })
}

/** @throws StartupError when the database has none */
export async function existingInstance(queries: Queries): Promise<Instance> {
  const instance = await readInstance(queries)
  if (!instance) throw new StartupError('the database has no instance yet: clerk-server start makes one')
  return instance
}

/** Writes an instance and its first keys, all or nothing; gives its secret unless another server was first. */
async function begin(
  { database, privateKey }: OpenStorage,
  wanted: Wanted,
  { secretKeys, signingKeys, sealing, clock, ids }: Stores,
  former: Keyring | undefined,
): Promise<string | undefined> {
  const instance = former ? formerInstance(former) : newInstance(wanted, ids)
  agree(instance, wanted)
  const { kid, privateKey: pem } = former?.signingKey ?? { kid: newKid(instance.id), privateKey: await privateKey() }
  return database.queries.transaction().execute(async (transaction) => {
    const now = clock()
    const root_secret = sealing.seal(placeOf('instance', instance.id), randomBytes(32).toString('hex'))
    const row: InstanceTable = { singleton: 1, ...instance, root_secret, created_at: now, updated_at: now }
    const { numInsertedOrUpdatedRows: written } = await transaction
      .insertInto('instance')
      .values(row)
      .onConflict((conflict) => conflict.column('singleton').doNothing())
      .executeTakeFirst()
    if (written === 0n) return undefined
    await signingKeys.add(kid, pem, transaction)
    const { secret } = await secretKeys.create('first', transaction, former?.secret)
    return secret
  })
}

const formerInstance = ({ instanceId }: Keyring): Instance => ({
  id: instanceId,
  environment: 'development',
  issuer: developmentIssuer,
})

function newInstance({ environment, issuer }: Wanted, ids: Ids): Instance {
  if (issuer === undefined && environment === 'production') {
    throw new StartupError(
      'a production instance needs an issuer, which its tokens and its publishable key name: give it at the first start with --issuer https://clerk.example.com',
      { exitCode: 2 },
    )
  }
  return { id: ids('instance'), environment, issuer: issuer ?? developmentIssuer }
}

const startedAs: Record<Environment, string> = {
  development: 'start it without --production',
  production: 'start it with --production',
}

function agree(instance: Instance, { environment, issuer }: Wanted): void {
  if (instance.environment !== environment) {
    throw new StartupError(
      `the instance is for ${instance.environment}, and stays so: ${startedAs[instance.environment]}, or give the other one a database of its own`,
    )
  }
  if (issuer !== undefined && issuer !== instance.issuer) {
    throw new StartupError(
      `the issuer of the instance is ${instance.issuer}, and stays so: its tokens and its publishable key name it. Leave out --issuer`,
    )
  }
}

/** Removes the former keyring, whose keys are rows by now. */
async function leaveBehind({ formerKeyring }: OpenStorage, former: Keyring, instance: Instance): Promise<void> {
  requireSameInstance(formerKeyring.name, former, instance)
  await formerKeyring.remove()
}

/** @throws StartupError when a former keyring is not of the instance that the database has */
export function requireSameInstance(name: string, { instanceId }: Keyring, { id }: Instance): void {
  if (instanceId === id) return
  throw new StartupError(
    `${name} has the keys of another instance (${instanceId}) than the database (${id}): move it away, or restore the database that belongs to it`,
  )
}

/** A development instance always has a key that can be shown. */
async function testSecret(queries: Queries, { secretKeys, clock }: Stores): Promise<string> {
  const kept = await secretKeys.readable(queries)
  if (kept !== undefined) return kept
  return changingKeys(queries, clock, async (transaction) => {
    const meanwhile = await secretKeys.readable(transaction)
    return meanwhile ?? (await secretKeys.create('made at start', transaction)).secret
  })
}
