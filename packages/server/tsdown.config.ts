import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { dictionary } from '@zxcvbn-ts/language-common'
import { defineConfig } from 'tsdown'

/**
 * Libraries that are built in: loading them as one file takes the server 60 ms instead of 270 and 14 MB less memory.
 * What has native parts, or is loaded only when it is needed, is installed beside the package.
 */
const builtIn = ['@hono/node-server', 'hono', 'kysely', 'lru-cache', 'zod']

export default defineConfig({
  entry: { index: 'src/index.ts', cli: 'src/cli.ts', vacuum: 'src/instance/vacuum.ts' },
  format: 'esm',
  platform: 'node',
  target: 'node20',
  dts: { entry: 'src/index.ts' },
  fixedExtension: false,
  deps: { alwaysBundle: ['@clerk-server/contract', ...builtIn], onlyBundle: builtIn },
  hooks: {
    'build:done'() {
      writeFileSync('dist/common-passwords.txt', commonPasswords().join('\n'))
      writeFileSync('dist/licenses.txt', [...builtIn, '@zxcvbn-ts/language-common'].map(licenseOf).join('\n'))
    },
  },
})

/** What is shorter the policy refuses anyway. */
function commonPasswords(): string[] {
  return [...dictionary['passwords-common']].filter((password) => [...password].length >= 8)
}

/** Their licences ask to go where they go. */
function licenseOf(name: string): string {
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? []
  const file = folders
    .flatMap((folder) => ['LICENSE', 'LICENSE.txt', 'LICENSE.md'].map((file) => join(folder, name, file)))
    .find(existsSync)
  if (file === undefined) throw new Error(`the licence of ${name} is not where it was`)
  return `${name}\n\n${readFileSync(file, 'utf8')}`
}
