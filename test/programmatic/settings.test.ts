import { createServer, StartupError, type Storage } from 'clerk-server'
import { describe, expect, test } from 'vitest'
import { freshStorage, type Instance, production, startInstance, storageKinds } from '../support/instance.js'

type Settings = NonNullable<Parameters<typeof createServer>[0]['settings']>

const memory: Storage = { memory: true }
const origins = async (server: Instance) => (await server.call('GET /instance', {})).body.allowed_origins

describe.each(storageKinds)('settings a server is started with, on %s', (kind) => {
  test('are there from the first request on, and stay for the next start', async () => {
    const storage = await freshStorage(kind)
    const allowed_origins = ['HTTPS://A.example.com:443']
    const first = await startInstance({ storage, settings: { allowed_origins, support_email: undefined } })
    expect(await origins(first)).toEqual(['https://a.example.com'])
    await first.call('PATCH /instance', { json: { allowed_origins: ['https://b.example.com'] } })
    await first.close()
    const second = await startInstance({ storage })
    expect(await origins(second)).toEqual(['https://b.example.com'])
    await second.close()
    expect(await origins(await startInstance({ storage, settings: { allowed_origins } }))).toEqual([
      'https://a.example.com',
    ])
  })
})

test.each<[settings: object, reason: string]>([
  [{ shoes: 1 }, 'there is no setting "shoes"'],
  [{ toString: 1 }, 'there is no setting "toString"'],
  [{ sign_up_mode: 'closed' }, 'sign_up_mode must be one of public, restricted'],
  [{ sign_up_mode: null }, 'sign_up_mode must be one of'],
  [{ password: 'on' }, 'password must be one of off, optional, required'],
  [{ allowlist: 1 }, 'allowlist must be one of true, false'],
  [{ session_lifetime: '3600' }, 'session_lifetime must be of type number'],
  [{ session_lifetime: 299 }, 'session_lifetime must be at least 300'],
  [{ session_lifetime: 315_360_001 }, 'session_lifetime must be at most 315360000'],
  [{ session_lifetime: 300.5 }, 'session_lifetime must be of type int'],
  [{ session_inactivity_timeout: 604_801 }, 'session_inactivity_timeout must not be longer than session_lifetime'],
  [{ home_url: 'javascript:alert(1)' }, 'home_url must be an absolute http or https URL'],
  [{ home_url: '//example.com' }, 'home_url must be an absolute http or https URL'],
  [{ support_email: 'nobody' }, 'support_email must be an e-mail address'],
  [{ allowed_origins: ['*'] }, 'allowed_origins must be an origin'],
  [{ application_name: ' ' }, 'application_name must have 1 to 64 characters'],
  [{ application_name: 'a\u0000b' }, 'application_name must have 1 to 64 characters'],
])('%j is refused, and no server starts', async (settings, reason) => {
  const refused = await createServer({ storage: memory, settings }).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(StartupError)
  expect(refused).toMatchObject({ exitCode: 2, message: expect.stringContaining(reason) })
})

test.each<[settings: Settings, works: boolean]>([
  [{}, true],
  [{ password: 'off' }, true],
  [{ password: 'optional', email_code: false }, false],
  [{ email_code: false }, true],
  [{ email_address: 'off' }, false],
  [{ email_address: 'off', username: 'required' }, true],
  [{ email_address: 'off', username: 'required', password: 'optional' }, false],
  [{ email_address: 'optional', username: 'required', password: 'optional' }, false],
  [{ username: 'required', password: 'off' }, true],
  [{ email_address: 'optional', username: 'optional', password: 'off' }, false],
  [{ email_address: 'optional', phone_number: 'optional', password: 'off' }, true],
  [{ email_address: 'optional', phone_number: 'optional', password: 'off', phone_code: false }, false],
  [{ email_address: 'off', phone_number: 'required', password: 'off' }, true],
])('with %j people who have signed up can sign in again: %s', async (settings, works) => {
  const started = await createServer({ storage: memory, settings }).catch((error: unknown) => error)
  if (!(started instanceof Error)) await (started as { close(): Promise<void> }).close()
  if (works) expect(started).toHaveProperty('publishableKey')
  else expect(started).toMatchObject({ exitCode: 2, message: expect.stringContaining('sign up and not sign in again') })
})

test('of two changes that could not work together, one is refused, on whichever server', async () => {
  const storage = await freshStorage('PostgreSQL')
  await startInstance({ storage })
  for (let round = 0; round < 3; round += 1) {
    const outcomes = await Promise.allSettled(
      [{ password: 'optional' } as const, { email_code: false }].map((settings) => createServer({ storage, settings })),
    )
    const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
    for (const one of started) await one.close()
    expect(started).toHaveLength(1)
    await (await createServer({ storage, settings: { password: 'required', email_code: true } })).close()
  }
})

test('a production instance has no development origin, and makes nothing of it', async () => {
  const settings = { development_origin: 'http://localhost:3000' }
  const refused = await createServer({ storage: memory, ...production, settings }).catch((error: unknown) => error)
  expect(refused).toMatchObject({ exitCode: 2, message: expect.stringContaining('this is a production instance') })
})
