import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { violations } from '../../scripts/directions.mjs'

const script = fileURLToPath(new URL('../../scripts/check-directions.mjs', import.meta.url))

type Tree = Record<string, string>

function plant(tree: Tree): string {
  const root = mkdtempSync(join(tmpdir(), 'clerk-directions-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  for (const [path, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

const clean: Tree = {
  'packages/contract/src/index.ts': "import { z } from 'zod'\nimport { errors } from './errors.js'",
  'packages/sdk/src/users/api.ts':
    "import type { Backend } from '@clerk-server/contract'\nimport type { Agent } from 'node:http'\nimport { inspect } from 'node:util'\nimport '../transport/send.js'",
  'packages/server/src/server.ts':
    "import { users } from './users/store.js'\nimport { backend } from './users/backend.js'",
  'packages/server/src/users/backend.ts':
    "import { errors } from '@clerk-server/contract'\nimport { users } from './store.js'\nimport type { sessions } from '../sessions/store.js'",
  'packages/server/src/users/store.ts':
    "import { open } from '../database/database.js'\ntype S = import('../sessions/store.js').S",
  'packages/server/src/database/sqlite.ts':
    "import { StartupError } from '../startup-error.js'\nimport './migrations/index.js'",
  'packages/sdk/test/users.test.ts': "import '../src/users/api.js'\nimport '../../../test/support/postgres.js'",
  'test/whole-path.test.ts':
    "import clerk from '@clerk/clerk-sdk-node'\nimport { createServer } from 'clerk-server'\nimport { backend } from '@clerk-server/contract'\nimport './support/postgres.js'",
  'examples/express/server.js': "import { ClerkExpressRequireSession } from '@clerk/clerk-sdk-node'",
  'examples/express/node_modules/peer/index.js': "import '../../../../packages/sdk/src/index.js'",
}

test('a tree whose imports all point the right way is accepted', () => {
  const { status, stdout } = run(plant(clean))
  expect(stdout).toBe('every import points the way it may\n')
  expect(status).toBe(0)
})

test('a violation is printed with its file and line, and ends the check with 1', () => {
  const { status, stdout } = run(plant({ ...clean, 'bench/verify.ts': "\nimport '../packages/sdk/src/token.js'" }))
  expect(stdout).toBe(
    "bench/verify.ts:2: '../packages/sdk/src/token.js': test, examples and bench import a package by its name\n",
  )
  expect(status).toBe(1)
})

const run = (root: string) => spawnSync(process.execPath, [script, root], { encoding: 'utf8' })

test.each([
  ['contract imports Node', 'packages/contract/src/route.ts', "import { join } from 'node:path'"],
  ['contract imports Node without the prefix', 'packages/contract/src/route.ts', "import { join } from 'path'"],
  ['contract imports the SDK', 'packages/contract/src/route.ts', "import type { User } from '@clerk/clerk-sdk-node'"],
  ['contract imports the server', 'packages/contract/src/route.ts', "import type { App } from 'clerk-server'"],
  ['the SDK loads contract', 'packages/sdk/src/clerk.ts', "import { backend } from '@clerk-server/contract'"],
  [
    'an import of types alone loads contract',
    'packages/sdk/src/clerk.ts',
    "import { type B } from '@clerk-server/contract'",
  ],
  ['the SDK exports contract', 'packages/sdk/src/clerk.ts', "export * from '@clerk-server/contract'"],
  ['the SDK loads contract late', 'packages/sdk/src/clerk.ts', "await import('@clerk-server/contract')"],
  ['the SDK requires contract', 'packages/sdk/src/clerk.ts', "const { backend } = require('@clerk-server/contract')"],
  [
    'the SDK reaches into contract',
    'packages/sdk/src/clerk.ts',
    "import type { A } from '../../contract/src/index.js'",
  ],
  ['the SDK imports the server', 'packages/sdk/src/clerk.ts', "import type { App } from 'clerk-server'"],
  ['the SDK loads a slow module of Node early', 'packages/sdk/src/clerk.ts', "import { request } from 'node:http'"],
  ['the server imports the SDK', 'packages/server/src/cli.ts', "import type { User } from '@clerk/clerk-sdk-node'"],
  ['the server reaches into the SDK', 'packages/server/src/cli.ts', "import '../../sdk/src/index.js'"],
  ['a store imports a backend', 'packages/server/src/users/store.ts', "import type { b } from './backend.js'"],
  [
    'a store imports a frontend',
    'packages/server/src/users/store.ts',
    "import type { f } from '../client/frontend.js'",
  ],
  ['the database imports a store', 'packages/server/src/database/sqlite.ts', "import '../users/store.js'"],
  ['a migration imports a resource', 'packages/server/src/database/migrations/1.ts', "import '../../users/view.js'"],
  ["a backend imports another's store", 'packages/server/src/users/backend.ts', "import '../sessions/store.js'"],
  ["a store imports another's store", 'packages/server/src/users/store.ts', "import { s } from '../sessions/store.js'"],
  ['a resource imports the server', 'packages/server/src/users/backend.ts', "import { s } from '../server.js'"],
  ['a test reaches into a package', 'test/a.test.ts', "import '../packages/sdk/src/index.js'"],
  ['a bench imports the private contract', 'bench/list.mjs', "import { backend } from '@clerk-server/contract'"],
  ['an example reaches into a package', 'examples/node/index.js', "require('../../packages/sdk/src/index.js')"],
  ['a bench reaches into a package', 'bench/verify.ts', "const { a } = await import('../packages/sdk/src/index.js')"],
  [
    "a package's test reaches into another package",
    'packages/sdk/test/a.test.ts',
    "import '../../server/src/server.js'",
  ],
])('refused: %s', (_, file, text) => {
  const root = plant({ ...clean, [file]: `// the first line\n${text}` })
  const found = violations(root)
  expect(found).not.toEqual([])
  for (const violation of found) expect(violation).toContain(`${file}:2: `)
})
