import type { Backend, UnservedOperation } from '@clerk-server/contract'
import type { Stage } from './stage.js'

/** `METHOD /path`, served or not. */
export type Operation = keyof Backend | UnservedOperation

/** A method of a client that ends in what the server serves. */
export interface Served<Client> {
  /** What it asks the server for: exactly that. None for a method that needs no server. */
  operations: readonly Operation[]
  /** What single clients ask for besides, by the name of the client. */
  also?: Readonly<Record<string, readonly Operation[]>>
  /** Calls it with real arguments, and asserts what comes of it. */
  run(stage: Stage<Client>): Promise<void>
}

/** A method that ends in 501: the operation, and arguments with which the client calls it. */
export type Unserved = readonly [operation: UnservedOperation, ...given: unknown[]]

/** Everything a client can do, by `api.method`. */
export interface ClientTable<Client> {
  served: Readonly<Record<string, Served<Client>>>
  unserved: Readonly<Record<string, Unserved>>
}
