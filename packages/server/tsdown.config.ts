import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { constants, gzipSync } from 'node:zlib'
import { dictionary } from '@zxcvbn-ts/language-common'
import { disposableEmailBlocklist } from 'disposable-email-domains-js'
import { defineConfig } from 'tsdown'

/**
 * Libraries that are built in: loading them as one file takes the server 60 ms instead of 270 and 14 MB less memory.
 * What has native parts, or is loaded only when it is needed, is installed beside the package.
 */
const builtIn = ['@hono/node-server', 'bowser', 'hono', 'kysely', 'lru-cache', 'otpauth', 'pino', 'zod']

/** What those are built of. */
const within = [
  ...['@pinojs/redact', 'atomic-sleep', 'on-exit-leak-free', 'pino-std-serializers', 'quick-format-unescaped'],
  ...['safe-stable-stringify', 'sonic-boom', 'thread-stream'],
]

/** Whose lists lie beside the server. */
const lists = ['@zxcvbn-ts/language-common', 'disposable-email-domains-js']

export default defineConfig({
  entry: { index: 'src/index.ts', cli: 'src/cli.ts', vacuum: 'src/instance/vacuum.ts' },
  format: 'esm',
  platform: 'node',
  target: 'node20',
  dts: { entry: 'src/index.ts' },
  fixedExtension: false,
  deps: { alwaysBundle: ['@clerk-server/contract', ...builtIn], onlyBundle: [...builtIn, ...within] },
  hooks: {
    'build:done'() {
      writeFileSync('dist/common-passwords.txt', commonPasswords().join('\n'))
      writeFileSync('dist/disposable-domains.txt', disposableEmailBlocklist().join('\n'))
      writeFileSync('dist/licenses.txt', [...builtIn, ...within, ...lists].map(licenseOf).join('\n'))
      copyClerkJS('dist/clerk-js')
    },
  },
})

/** What is shorter the policy refuses anyway. */
function commonPasswords(): string[] {
  return [...dictionary['passwords-common']].filter((password) => [...password].length >= 8)
}

/** What clerk-js loads when somebody signs in by the wallet of a cryptocurrency, which the server does not know how to do. */
const wallets = /^(base-account-sdk|coinbase-wallet-sdk|web3-solana-wallet-buttons)_/

/**
 * Puts what a browser loads of clerk-js beside the server. As a dependency it would bring more than a thousand packages
 * (700 MB) that are in its files already.
 */
function copyClerkJS(target: string): void {
  const source = foldersOf('clerk-js-5').find(existsSync)
  if (source === undefined) throw new Error('clerk-js is not where it was')
  const { name, version, license } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'))
  mkdirSync(join(target, 'dist'), { recursive: true })
  writeFileSync(join(target, 'package.json'), `${JSON.stringify({ name, version, license }, null, 2)}\n`)
  copyFileSync(join(source, 'LICENSE'), join(target, 'LICENSE'))
  for (const file of readdirSync(join(source, 'dist'))) {
    if (!/(^|_)clerk\.browser(_\w+_[\d.]+)?\.js$/.test(file) || wallets.test(file)) continue
    const content = readFileSync(join(source, 'dist', file))
    writeFileSync(join(target, 'dist', `${file}.gz`), gzipSync(content, { level: constants.Z_BEST_COMPRESSION }))
  }
}

const foldersOf = (name: string) =>
  (createRequire(import.meta.url).resolve.paths(name) ?? []).map((folder) => join(folder, name))

/** Their licences ask to go where they go. */
function licenseOf(name: string): string {
  const file = foldersOf(name)
    .flatMap((folder) => ['LICENSE', 'LICENSE.txt', 'LICENSE.md'].map((file) => join(folder, file)))
    .find(existsSync)
  if (file === undefined) throw new Error(`the licence of ${name} is not where it was`)
  return `${name}\n\n${readFileSync(file, 'utf8')}`
}
