import { describe, expect, onTestFinished, test } from 'vitest'
import { storageKinds } from '../../../test/support/instance.js'
import { freshDatabase } from '../../../test/support/postgres.js'
import { createAdmittance, type Identifier } from '../src/admittance/admittance.js'
import { createDisposableDomains } from '../src/admittance/disposable-domains.js'
import { migrate } from '../src/database/migrate.js'
import { openPostgres } from '../src/database/postgres.js'
import { openSqlite } from '../src/database/sqlite.js'
import { ApiError } from '../src/errors.js'
import { createIds } from '../src/ids.js'
import { createListLookup } from '../src/listed-identifiers/lookup.js'
import { patternOf } from '../src/listed-identifiers/pattern.js'
import { createListedIdentifierStore } from '../src/listed-identifiers/store.js'
import { defaultsIn } from '../src/settings/definitions.js'
import type { SettingsChange } from '../src/settings/settings.js'

interface World {
  settings?: SettingsChange
  allowlist?: string[]
  blocklist?: string[]
  /** Addresses that have accepted an invitation. */
  accepted?: string[]
}

async function openDatabase(kind: (typeof storageKinds)[number]) {
  if (kind === 'SQLite') return openSqlite(':memory:')
  const { url, drop } = await freshDatabase()
  onTestFinished(drop)
  return openPostgres(url)
}

const known = (value: string): Identifier => ({ type: value.includes('@') ? 'email_address' : 'phone_number', value })

/** The list as it lies beside the server that is built. */
const isDisposable = createDisposableDomains(new URL('../dist/disposable-domains.txt', import.meta.url))

describe.each(storageKinds)('admittance with lists on %s', (kind) => {
  async function admittanceOf({ settings = {}, allowlist = [], blocklist = [], accepted = [] }: World) {
    const database = await openDatabase(kind)
    onTestFinished(() => database.close())
    await migrate(database)
    const ids = createIds(Date.now)
    for (const [name, identifiers] of Object.entries({ allowlist, blocklist })) {
      const list = createListedIdentifierStore(name as 'allowlist' | 'blocklist', database, Date.now, ids)
      for (const identifier of identifiers) await list.create({ identifier, ...patternOf(identifier) })
    }
    const current = { ...defaultsIn('development'), ...settings } as ReturnType<typeof defaultsIn>
    const admittance = createAdmittance({
      settings: { current: async () => current },
      onList: createListLookup(database.queries),
      isDisposable,
      hasAccepted: async (addresses) => addresses.some((one) => accepted.includes(one)),
    })
    const answer = async (asked: Promise<void>) =>
      asked.then(
        () => 'admitted',
        (error: unknown) => (error instanceof ApiError ? error.problems[0].code : String(error)),
      )
    return {
      signUp: (identifiers: string[], invited = false) =>
        answer(admittance.requireSignUp(identifiers.map(known), invited)),
      addition: (identifier: string) => answer(admittance.requireAddition(known(identifier))),
      signIn: (identifiers: string[]) => answer(admittance.requireSignIn(identifiers.map(known))),
    }
  }

  const refused = 'not_allowed_access'

  test('a pattern is for what its form says, and for nothing else', async () => {
    const { signUp } = await admittanceOf({
      settings: { allowlist: true },
      allowlist: ['Ada@Example.com', '*@acme.com', '*@*.corp.com', '*.old.com', 'b*b@example.com', '+1 (415) 555-0123'],
    })
    const outcomes = {
      'ada@example.com': 'admitted',
      'bob@example.com': refused,
      'ada+tag@example.com': refused,
      'anyone@acme.com': 'admitted',
      'anyone@sub.acme.com': refused,
      'anyone@notacme.com': refused,
      'anyone@acme.com.evil.com': refused,
      'anyone@eu.corp.com': 'admitted',
      'anyone@a.b.corp.com': 'admitted',
      'anyone@corp.com': refused,
      'anyone@evilcorp.com': refused,
      'anyone@old.com': 'admitted',
      'anyone@sub.old.com': refused,
      'b*b@example.com': 'admitted',
      'bab@example.com': refused,
      '*@example.com': refused,
      '+14155550123': 'admitted',
      '+14155550124': refused,
    }
    for (const [identifier, outcome] of Object.entries(outcomes))
      expect([identifier, await signUp([identifier])]).toEqual([identifier, outcome])
  })

  test('an allowlist that is on and empty lets nobody sign up, and one that is off everybody', async () => {
    const empty = await admittanceOf({ settings: { allowlist: true } })
    expect(await empty.signUp(['ada@example.com'])).toBe(refused)
    expect(await empty.signUp([])).toBe(refused)
    const off = await admittanceOf({ allowlist: ['ada@example.com'] })
    expect(await off.signUp(['bob@example.com'])).toBe('admitted')
  })

  test('one address on the allowlist is enough to sign up; what is added to an account must be on it itself', async () => {
    const { signUp, addition } = await admittanceOf({ settings: { allowlist: true }, allowlist: ['*@acme.com'] })
    expect(await signUp(['ada@acme.com', '+14155550123'])).toBe('admitted')
    expect(await addition('private@example.com')).toBe(refused)
    expect(await addition('second@acme.com')).toBe('admitted')
  })

  test('the blocklist keeps out whoever is on it with anything, and with every tag', async () => {
    const { signUp, addition } = await admittanceOf({
      settings: { blocklist: true },
      blocklist: ['eve@example.com', '*@spam.com', '+14155550123'],
    })
    for (const blocked of [
      'eve@example.com',
      'eve+2@example.com',
      'eve#2@example.com',
      'eve=2@example.com',
      'a@spam.com',
    ]) {
      expect([blocked, await signUp([blocked])]).toEqual([blocked, refused])
      expect([blocked, await addition(blocked)]).toEqual([blocked, refused])
    }
    expect(await signUp(['ada@example.com', '+14155550123'])).toBe(refused)
    expect(await signUp(['ada@example.com', '+14155550124'])).toBe('admitted')
    expect(await signUp([])).toBe('admitted')
    const off = await admittanceOf({ blocklist: ['*@spam.com'] })
    expect(await off.signUp(['a@spam.com'])).toBe('admitted')
  })

  test('the allowlist beats the blocklist, while it is on', async () => {
    const lists = { allowlist: ['ada@spam.com'], blocklist: ['*@spam.com'] }
    const both = await admittanceOf({ settings: { allowlist: true, blocklist: true }, ...lists })
    expect(await both.signUp(['ada@spam.com'])).toBe('admitted')
    expect(await both.signUp(['bob@spam.com'])).toBe(refused)
    expect(await both.signUp(['ada@spam.com', 'bob@spam.com'])).toBe(refused)
    const one = await admittanceOf({ settings: { blocklist: true }, ...lists })
    expect(await one.signUp(['ada@spam.com'])).toBe(refused)
  })

  test('an invitation admits where the allowlist does not, but not where the blocklist refuses', async () => {
    const { signUp } = await admittanceOf({ settings: { allowlist: true, blocklist: true }, blocklist: ['*@spam.com'] })
    expect(await signUp(['ada@example.com'])).toBe(refused)
    expect(await signUp(['ada@example.com'], true)).toBe('admitted')
    expect(await signUp(['ada@spam.com'], true)).toBe(refused)
  })

  test('in restricted mode an invitation is what counts, and no list', async () => {
    const { signUp, signIn, addition } = await admittanceOf({
      settings: { sign_up_mode: 'restricted', allowlist: true, blocklist: true },
      allowlist: ['ada@example.com'],
      blocklist: ['eve@example.com'],
    })
    expect(await signUp(['ada@example.com'])).toBe('sign_up_mode_restricted')
    expect(await signUp([])).toBe('sign_up_mode_restricted')
    expect(await signUp(['eve@example.com'], true)).toBe('admitted')
    expect(await signIn(['eve@example.com'])).toBe('admitted')
    expect(await addition('eve@example.com')).toBe('admitted')
  })

  test('the lists are for signing in too, unless that is switched off', async () => {
    const world: World = {
      allowlist: ['*@acme.com'],
      blocklist: ['eve@acme.com', 'guest@example.com'],
      accepted: ['invited@example.com', 'guest@example.com'],
    }
    const on = await admittanceOf({ ...world, settings: { allowlist: true } })
    expect(await on.signIn(['ada@acme.com'])).toBe('admitted')
    expect(await on.signIn(['ada@example.com', 'ada@acme.com'])).toBe('admitted')
    expect(await on.signIn(['ada@example.com'])).toBe(refused)
    expect(await on.signIn([])).toBe(refused)
    expect(await on.signIn(['+14155550123', 'invited@example.com'])).toBe('admitted')
    const blocking = await admittanceOf({ ...world, settings: { blocklist: true } })
    expect(await blocking.signIn(['eve@acme.com'])).toBe(refused)
    expect(await blocking.signIn(['guest@example.com'])).toBe(refused)
    const settings = { allowlist: true, blocklist: true, allowlist_blocklist_disabled_on_sign_in: true }
    const off = await admittanceOf({ ...world, settings })
    expect(await off.signIn(['eve@example.com'])).toBe('admitted')
    expect(await off.signUp(['eve@example.com'])).toBe(refused)
  })

  test('tagged addresses are refused where they are blocked, but for those that tests use', async () => {
    const { signUp, addition, signIn } = await admittanceOf({ settings: { block_email_subaddresses: true } })
    for (const tagged of ['ada+shop@example.com', 'ada=shop@example.com', 'ada#shop@example.com', '+@example.com']) {
      expect([tagged, await signUp([tagged])]).toEqual([tagged, 'form_email_address_blocked'])
      expect(await addition(tagged)).toBe('form_email_address_blocked')
    }
    expect(await signUp(['ada+shop@example.com'], true)).toBe('form_email_address_blocked')
    expect(await signIn(['ada+shop@example.com'])).toBe('admitted')
    for (const plain of ['ada@example.com', 'ada-b.c@example.com', '+14155550123', 'ada+clerk_test@example.com']) {
      expect([plain, await signUp([plain])]).toEqual([plain, 'admitted'])
    }
    const settings = { block_email_subaddresses: true, test_mode: false }
    expect(await (await admittanceOf({ settings })).signUp(['ada+clerk_test@example.com'])).toBe(
      'form_email_address_blocked',
    )
  })

  test('addresses that are made to be thrown away are refused where they are blocked, also below a domain', async () => {
    const { signUp, addition, signIn } = await admittanceOf({ settings: { block_disposable_email_domains: true } })
    for (const disposable of ['ada@mailinator.com', 'ada@any.mailinator.com', 'ada@guerrillamail.com']) {
      expect([disposable, await signUp([disposable])]).toEqual([disposable, 'form_email_address_blocked'])
    }
    expect(await addition('ada@mailinator.com')).toBe('form_email_address_blocked')
    expect(await signIn(['ada@mailinator.com'])).toBe('admitted')
    for (const lasting of [
      'ada@example.com',
      'ada@gmail.com',
      'ada@mailinator.com.example.com',
      'ada@my-mailinator.example',
    ]) {
      expect([lasting, await signUp([lasting])]).toEqual([lasting, 'admitted'])
    }
    expect(await (await admittanceOf({})).signUp(['ada@mailinator.com', 'ada+tag@example.com'])).toBe('admitted')
  })
})
