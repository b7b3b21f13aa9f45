import { createRequire } from 'node:module'

/** An instance, as plain JavaScript sees it: it is called with what no type would let through, too. */
export type Instance = Record<string, Record<string, (...given: unknown[]) => unknown>>

export type Constructor = new (...given: never[]) => object

/** What `require` of `/instance` gives. */
export interface Subject {
  name: string
  Clerk: new (options: object) => Instance
  exports: Readonly<Record<string, unknown>>
}

const require = createRequire(import.meta.url)

function subject(name: string, entry: string): Subject {
  const exports = require(entry) as Subject['exports']
  return { name, Clerk: exports['default'] as Subject['Clerk'], exports }
}

// 2.6.3 reads the environment when it is loaded: what a developer has set would count for all tests.
for (const name of Object.keys(process.env)) if (name.startsWith('CLERK_')) delete process.env[name]

/** The package that is to be replaced, and the one that replaces it. */
export const original: Subject = subject('2.6.3', 'clerk-sdk-node-2.6.3/instance')
export const ours: Subject = subject('ours', '@clerk/clerk-sdk-node/instance')
