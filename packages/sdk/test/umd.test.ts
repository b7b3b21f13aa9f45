import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { startJSON } from './support/server.js'

// These tests are of the built file, which each of them loads in a process of its own.

const root = join(import.meta.dirname, '..')
const name = '@clerk/clerk-sdk-node'
const file = join(root, 'dist/clerk-sdk-node.umd.js')
const requirejs = fileURLToPath(import.meta.resolve('requirejs'))

/** How a program gets the SDK out of the file, and calls `use` with it. */
const styles = {
  'a CommonJS module': `use(require('${name}/umd'))`,
  'an AMD module': `
    const requirejs = require('${requirejs}')
    requirejs.config({ paths: { '${name}': '${file.replace(/\.js$/, '')}' } })
    requirejs(['${name}'], (sdk) => use(sdk))`,
  'a script': `
    const { readFileSync } = require('node:fs')
    require('node:vm').runInThisContext(readFileSync('${file}', 'utf8'))
    use(ClerkSdkNode)`,
}
const everyStyle = Object.entries(styles)

/**
 * What a program prints, as JSON. It is an ES module, because else it would have `module` and `exports` for globals, and no
 * script could be loaded. It has no variable of the SDK's in its environment.
 */
async function run(program: string): Promise<unknown> {
  const { PATH = '' } = process.env
  const prelude = `import { createRequire } from 'node:module'; const require = createRequire('${root}/');`
  const command = ['--input-type=module', '--eval', prelude + program]
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: root, env: { PATH } })
  return JSON.parse(stdout)
}

const print = (value: string) => `console.log(JSON.stringify(${value}))`

describe('the UMD file', () => {
  test.each(everyStyle)('makes a call as %s', async (_, load) => {
    const api = await startJSON([{ object: 'user', id: 'user_1', first_name: 'Ada' }])
    const program = `
      async function use(sdk) {
        sdk.setClerkApiKey('test_key')
        sdk.setClerkServerApiUrl('${api.url}')
        const [user] = await sdk.users.getUserList({ limit: 1 })
        ${print('[user.firstName, user instanceof sdk.User, sdk.default instanceof sdk.Clerk, sdk.__esModule]')}
      }
      ${load}`
    expect(await run(program)).toEqual(['Ada', true, true, true])
    expect(api.requests.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /v1/users?limit=1'])
    expect(api.requests[0]?.headers.authorization).toBe('Bearer test_key')
  })

  test.each(everyStyle)('has every name of the package, and its classes their own names, as %s', async (_, load) => {
    const named = (sdk: string) =>
      `Object.keys(${sdk}).sort().map((name) => [name, typeof ${sdk}[name], ${sdk}[name].name])`
    const program = `
      const ofPackage = require('${name}')
      const use = (ofFile) => ${print(`[${named('ofPackage')}, ${named('ofFile')}]`)}
      ${load}`
    const [ofPackage, ofFile] = (await run(program)) as [unknown[], unknown[]]
    expect(ofFile).toEqual(ofPackage)
    expect(ofFile).toContainEqual(['HttpError', 'function', 'HttpError'])
  })

  test.each([
    ['a CommonJS module', false],
    ['an AMD module', false],
    ['a script', true],
  ] as const)('is the global ClerkSdkNode only as a script: %s', async (style, isGlobal) => {
    expect(await run(`const use = () => ${print("'ClerkSdkNode' in globalThis")}; ${styles[style]}`)).toBe(isGlobal)
  })

  test('is a whole of its own, beside the package', async () => {
    const program = `
      const ofPackage = require('${name}')
      const use = (sdk) => ${print('[sdk.default === ofPackage.default, new sdk.User() instanceof ofPackage.User]')}
      ${styles['a CommonJS module']}`
    expect(await run(program)).toEqual([false, false])
  })

  test('is the same under its path, and for tools that do not read the exports map', async () => {
    const program = `
      const { Clerk } = require('${name}/umd')
      ${print(`[require('${file}').Clerk === Clerk, require('${root}/umd.js').default instanceof Clerk]`)}`
    expect(await run(program)).toEqual([true, true])
  })

  test('gives an ES module what it imports by name', async () => {
    const program = `import('${name}/umd').then(({ users, HttpError }) => ${print('[typeof users, HttpError.name]')})`
    expect(await run(program)).toEqual(['object', 'HttpError'])
  })

  test('says what it needs, as a script where there is no Node, and leaves no half of itself', async () => {
    const program = `
      const { readFileSync } = require('node:fs')
      const { createContext, runInContext } = require('node:vm')
      const page = createContext({})
      let said
      try { runInContext(readFileSync('${file}', 'utf8'), page) } catch (error) { said = error.message }
      ${print('[said, Object.keys(page)]')}`
    expect(await run(program)).toEqual([expect.stringContaining('needs node:'), []])
  })
})
