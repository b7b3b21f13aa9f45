import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execute } from './postgres.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder that has a data directory for each kind of contents. */
    templates: string
  }
}

/**
 * What is in a storage before a test begins: nothing; the schema; or what a development server leaves that was started
 * once, which is an instance with its keys. To copy that takes less long than to make it anew for every test.
 */
export type Contents = 'nothing' | 'schema' | 'instance'

/** The database to copy, on the PostgreSQL that the whole test run shares. */
export const templateDatabase = (contents: Contents) => (contents === 'nothing' ? 'template1' : `with_${contents}`)

/** The data directory to copy. */
export const templateFolder = (folder: string, contents: Exclude<Contents, 'nothing'>) => join(folder, contents)

/** Makes, once for the whole run, what tests copy. */
export async function makeTemplates(postgres: string): Promise<{ folder: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'clerk-templates-'))
  const dataDirFlags = (contents: 'schema' | 'instance') => ['--data-dir', templateFolder(folder, contents)]
  const databaseFlags = (contents: 'schema' | 'instance') => [
    '--database-url',
    new URL(templateDatabase(contents), postgres).href,
  ]
  await execute(postgres, `create database ${templateDatabase('schema')}`)
  await execute(postgres, `create database ${templateDatabase('instance')}`)
  for (const flags of [dataDirFlags, databaseFlags]) {
    run('migrate', ...flags('schema'))
    run('exec', ...flags('instance'), '--', process.execPath, '--version')
  }
  return { folder, remove: () => rmSync(folder, { recursive: true }) }
}

/** What fails here fails the tests, too. */
function run(...args: string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [cli, ...args])
  if (status !== 0) process.stderr.write(stderr)
}

const cli = fileURLToPath(new URL('../../packages/server/dist/cli.js', import.meta.url))
