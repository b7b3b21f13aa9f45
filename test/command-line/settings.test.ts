import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { run, startReady, temporaryFolder } from '../support/command-line.js'
import { freshStorage, storageKinds } from '../support/instance.js'
import { flagsOf } from '../support/storage-flags.js'

interface Setting {
  name: string
  value: unknown
  set: boolean
}

const settings = (...args: string[]) => run('settings', ...args)

async function listed(flags: string[]): Promise<Record<string, Omit<Setting, 'name'>>> {
  const { code, stdout } = await settings('list', '--json', ...flags)
  expect(code).toBe(0)
  return Object.fromEntries((JSON.parse(stdout) as Setting[]).map(({ name, ...setting }) => [name, setting]))
}

describe.each(storageKinds)('clerk-server settings on %s', (kind) => {
  const startFresh = async () => {
    const flags = flagsOf(await freshStorage(kind))
    return { flags, server: await startReady(...flags) }
  }

  test('lists, gets, sets and unsets settings beside a running server', async () => {
    const { flags, server } = await startFresh()
    const before = await settings('list', ...flags)
    expect(before).toMatchObject({ code: 0, stderr: '' })
    expect(before.stdout).toMatch(/^ {2}sign_up_mode +public {2,}Who may sign up/m)
    expect(before.stdout).toMatch(/^ {2}home_url +- {2,}Where the application is/m)

    expect(await settings('set', 'sign_up_mode', 'restricted', ...flags)).toEqual({
      code: 0,
      stdout: 'sign_up_mode is restricted. Running servers go by it within 2 seconds.\n',
      stderr: '',
    })
    const origins = 'https://a.example.com,HTTPS://B.example.com:443'
    await settings('set', 'allowed_origins', origins, ...flags)
    expect((await settings('get', 'sign_up_mode', ...flags)).stdout).toBe('restricted\n')
    expect((await settings('get', 'allowed_origins', ...flags)).stdout).toBe(
      'https://a.example.com,https://b.example.com\n',
    )
    expect((await settings('get', 'home_url', ...flags)).stdout).toBe('\n')
    expect(await listed(flags)).toMatchObject({
      sign_up_mode: { value: 'restricted', set: true },
      allowed_origins: { value: ['https://a.example.com', 'https://b.example.com'], set: true },
      session_lifetime: { value: 604_800, set: false },
      home_url: { value: null, set: false },
      test_mode: { value: true, set: false },
    })
    const instance = await fetch(`${server.ready.apiUrl}/v1/instance`, {
      headers: { authorization: `Bearer ${server.ready.secretKey}` },
    })
    expect(await instance.json()).toMatchObject({ allowed_origins: ['https://a.example.com', 'https://b.example.com'] })

    const unset = await settings('unset', 'sign_up_mode', '--json', ...flags)
    expect(JSON.parse(unset.stdout)).toEqual({ name: 'sign_up_mode', value: 'public', set: false })
    expect((await settings('unset', 'sign_up_mode', ...flags)).code).toBe(0)
  })
})

test('settings refuses what no setting is, what it cannot be, and what could not work', async () => {
  const flags = ['--data-dir', await temporaryFolder()]
  await startReady(...flags)
  expect((await settings('set', 'email_code', 'false', ...flags)).code).toBe(0)
  const refusals: [args: string[], reason: string][] = [
    [['get', 'shoes'], 'there is no setting "shoes": clerk-server settings list shows those there are'],
    [['set', '__proto__', '1'], 'there is no setting "__proto__"'],
    [['set', 'allowlist', 'yes'], 'allowlist must be one of true, false'],
    [['set', 'session_lifetime', '1e9'], 'session_lifetime must be of type number'],
    [['set', 'allowed_origins', 'https://a.example.com,*'], 'allowed_origins must be an origin'],
    [['set', 'password', 'off'], 'people could sign up and not sign in again'],
    [['unset', 'email_code', 'more'], "Unexpected argument 'more'"],
    [['set', 'email_code'], 'VALUE is missing'],
  ]
  for (const [args, reason] of refusals) {
    const { code, stderr, stdout } = await settings(...args, ...flags)
    expect({ code, stdout }, args.join(' ')).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(reason)
  }
})

test.each([
  [['list'], 1, 'there is no database in'],
  [['set', 'sign_up_mode', 'restricted'], 1, 'there is no database in'],
  [['set', 'sign_up_mode', 'closed'], 2, 'must be one of'],
])('settings %j where there is nothing exits %d and makes nothing', async (args, expected, reason) => {
  const folder = join(await temporaryFolder(), 'none')
  const { code, stdout, stderr } = await settings(...args, '--data-dir', folder)
  expect({ code, stdout }).toEqual({ code: expected, stdout: '' })
  expect(stderr).toContain(reason)
  expect(existsSync(folder)).toBe(false)
})

test('a production instance has no development origin and no test mode', async () => {
  const flags = ['--data-dir', await temporaryFolder()]
  await startReady(...flags, '--production', '--issuer', 'https://clerk.example.com')
  expect(await listed(flags)).toMatchObject({ test_mode: { value: false, set: false } })
  const refused = await settings('set', 'development_origin', 'http://localhost:3000', ...flags)
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('this is a production instance') })
})
