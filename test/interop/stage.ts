import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Backend, RouteResponse } from '@clerk-server/contract'
import { type RunningServer, startServer } from 'clerk-server'
import { expect } from 'vitest'
import type { StorageKind } from '../support/instance.js'
import { freshDatabase } from '../support/postgres.js'
import { templateDatabase } from '../support/templates.js'

type JSONOf<Key extends keyof Backend> = RouteResponse<Backend, Key>

/** A server that a published client is let loose on, and what has to be there before it is. */
export interface Stage<Client> {
  clerk: Client
  /** Name and version of the client. */
  client: string
  server: RunningServer
  storage: KeptStorage
  /** Text that was never given before. */
  unique(): string
  /** A user with an address, a number and a user name. */
  person(json?: object): Promise<JSONOf<'POST /users'>>
  /** A JWT template. */
  template(claims: object): Promise<JSONOf<'POST /jwt_templates'>>
  /** A user with a session. */
  visitor(): Promise<{ user: JSONOf<'POST /users'>; session: JSONOf<'POST /sessions'>; token: string }>
}

/** A server with what it was asked for. */
export interface Site {
  server: RunningServer
  storage: KeptStorage
  /** The names of the routes that were asked for, in order. It grows. */
  routes: readonly string[]
  close(): Promise<void>
}

type KeptStorage = { dataDir: string } | { databaseUrl: string }

interface Kept {
  storage: KeptStorage
  remove(): Promise<void>
}

const kept: Record<StorageKind, () => Promise<Kept>> = {
  async SQLite() {
    const folder = await mkdtemp(join(tmpdir(), 'clerk-server-'))
    return { storage: { dataDir: join(folder, 'data') }, remove: () => rm(folder, { recursive: true }) }
  },
  async PostgreSQL() {
    const { url, drop } = await freshDatabase(templateDatabase('instance'))
    return { storage: { databaseUrl: url }, remove: drop }
  },
}

export async function openSite(kind: StorageKind): Promise<Site> {
  const { storage, remove } = await kept[kind]()
  const routes: string[] = []
  const write = (line: string) => {
    const { route } = JSON.parse(line) as { route?: string }
    if (route !== undefined) routes.push(route)
  }
  const server = await startServer({ ...storage, log: { write } })
  return {
    server,
    storage,
    routes,
    async close() {
      await server.close()
      await remove()
    },
  }
}

let given = 0

const unique = () => `n${++given}`

/** What tests prepare does not go through the client that is tested. */
export function stageOf<Client>(site: Site, client: string, clerk: Client): Stage<Client> {
  const { server, storage } = site
  const post = async (path: string, json: object): Promise<unknown> => {
    const response = await fetch(`${server.url}/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(json),
    })
    expect(response.status, path).toBe(200)
    return response.json()
  }
  const person: Stage<Client>['person'] = async (json = {}) => {
    const name = unique()
    const user = {
      email_address: [`${name}@example.com`],
      phone_number: [phoneNumber()],
      username: `user_${name}`,
      first_name: 'Ada',
      last_name: 'Lovelace',
      ...json,
    }
    return (await post('/users', user)) as JSONOf<'POST /users'>
  }
  return {
    clerk,
    client,
    server,
    storage,
    unique,
    person,
    async template(claims) {
      return (await post('/jwt_templates', { name: `template-${unique()}`, claims })) as JSONOf<'POST /jwt_templates'>
    },
    async visitor() {
      const user = await person()
      const session = (await post('/sessions', { user_id: user.id })) as JSONOf<'POST /sessions'>
      const { jwt } = (await post(`/sessions/${session.id}/tokens`, {})) as { jwt: string }
      return { user, session, token: jwt }
    },
  }
}

/** A number that was never given before. */
export const phoneNumber = () => `+1415${String(2_000_000 + ++given)}`
