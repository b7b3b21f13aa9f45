import { inspect } from 'node:util'
import { expect, onTestFinished, test, vi } from 'vitest'
import { Clerk } from '../../src/clerk.js'
import { startClerkApi } from '../support/clerk-api.js'
import { clearEnvironment } from '../support/environment.js'
import { createSigner, goodClaims, seconds, unsigned } from '../support/tokens.js'

clearEnvironment()

const signer = await createSigner('key_1')
const stranger = await createSigner('key_1')

const tokens = {
  good: await signer.sign(),
  expired: await signer.sign({ ...goodClaims(), exp: seconds() - 5 }),
  early: await signer.sign({ ...goodClaims(), nbf: seconds() + 3600 }),
  foreign: await stranger.sign(),
  evil: await signer.sign({ ...goodClaims(), iss: 'https://evil.com' }),
  unsigned: unsigned({ alg: 'none' }, goodClaims(), 'c2lnbmF0dXJl'),
  opaque: 'opaque-secret-token',
}

/** What is printed while the work runs. */
async function printed(work: () => Promise<unknown>): Promise<string> {
  const spies = (['debug', 'info', 'warn', 'error', 'log'] as const).map((level) =>
    vi.spyOn(console, level).mockReturnValue(),
  )
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore()
  })
  await work()
  return inspect(
    spies.flatMap((spy) => spy.mock.calls),
    { depth: 9, maxStringLength: null, maxArrayLength: null },
  )
}

async function serve(key: string) {
  const { url } = await startClerkApi([signer.jwk])
  const clerk = new Clerk({ apiKey: key, serverApiUrl: url })
  for (const token of Object.values(tokens)) {
    for (const headers of [
      { authorization: `Bearer ${token}` },
      { authorization: token },
      { authorization: `Basic ${token}` },
      { cookie: `__client_uat=1; __session=${token}`, 'user-agent': 'Mozilla/5.0', referer: 'https://app.com/' },
      { cookie: `__session=${token}` },
    ]) {
      await clerk.expressWithSession()({ headers }, {}, () => {})
      await clerk.expressRequireAuth({ interstitial: 'refresh' })({ headers }, {}, () => {})
    }
  }
}

test.each(['test_secretkey', 'live_secretkey', 'sk_live_secretkey'])(
  'with CLERK_LOGGING=true no line has a token or the key in it: %s',
  async (key) => {
    vi.stubEnv('CLERK_LOGGING', 'true')
    const lines = await printed(() => serve(key))
    for (const token of Object.values(tokens)) {
      for (const part of token.split('.')) expect(lines).not.toContain(part.slice(0, 24))
    }
    expect(lines).not.toContain('secretkey')
    expect(lines).not.toContain('opaque')
  },
)

test('with CLERK_LOGGING=true the check that failed is named', async () => {
  vi.stubEnv('CLERK_LOGGING', 'true')
  const lines = await printed(() => serve('live_key'))
  for (const words of [
    'the token is not a JWT',
    'the token has expired',
    'the token is not valid yet',
    'the signature of the token is not of this instance',
    'the token is of an issuer that is not accepted',
    'the token is not signed with RS256',
    'no __client_uat cookie',
  ]) {
    expect(lines).toContain(words)
  }
})

test('without it nothing is printed', async () => {
  expect(await printed(() => serve('live_key'))).toBe('[]')
})
