import { createRequire } from 'node:module'
import type { RunningServer } from 'clerk-server'
import type { Client } from './clerk-backend/client.js'
import { clerkBackend } from './clerk-backend/index.js'
import type { ClientTable } from './client-table.js'
import './environment.js'
import { original } from './original.js'

/** A published client, as its users install it. */
export interface PublishedClient {
  /** Package and version. */
  name: string
  connect(server: Pick<RunningServer, 'url' | 'secretKey' | 'apiKey' | 'publishableKey'>): object
  /** What is to be tried with it. */
  table: ClientTable<never>
}

const require = createRequire(import.meta.url)

type Package = Record<string, (options: object) => Client>

function onClerkBackend(name: string, entry: string): PublishedClient {
  const { createClerkClient } = require(entry) as Package
  return {
    name,
    connect: ({ url, secretKey, publishableKey }) =>
      (createClerkClient as Package[string])({ apiUrl: url, secretKey, publishableKey }),
    table: clerkBackend as ClientTable<never>,
  }
}

function original263(): PublishedClient {
  const { default: Clerk } = require('clerk-sdk-node-2.6.3/instance') as { default: new (options: object) => object }
  return {
    name: 'clerk-sdk-node 2.6.3',
    connect: ({ url, apiKey }) => new Clerk({ apiKey, serverApiUrl: url, httpOptions: { retry: 0 } }),
    table: original as ClientTable<never>,
  }
}

export const clients: readonly PublishedClient[] = [
  original263(),
  onClerkBackend('clerk-sdk-node 4.13.23', 'clerk-sdk-node-4.13.23'),
  onClerkBackend('clerk-sdk-node 5.1.6', 'clerk-sdk-node-5.1.6'),
  onClerkBackend('@clerk/backend 3.25.0', '@clerk/backend'),
  onClerkBackend('@clerk/express 2.1.70', '@clerk/express'),
]
