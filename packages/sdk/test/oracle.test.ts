import { type JWTHeaderParameters, type JWTPayload, jwtVerify } from 'jose'
import { expect, test, vi } from 'vitest'
import { Clerk } from '../src/clerk.js'
import { createMutants, seeded } from './support/mutants.js'
import { startJSON } from './support/server.js'

const total = 100_000
const now = Date.UTC(2030, 0, 1)

const audience = ['app_1', 'app_2']
const authorizedParties = ['https://a.example.com', 'https://b.example.com']
const issuer = 'https://clerk.example.com'

/** The same rules as options of ours and of jose. What jose has no option for is in {@link isOurs}. */
const groups = [
  { ours: {}, joses: {}, isOurs: ({ iss }: JWTPayload) => typeof iss === 'string' && hosted.test(iss) },
  {
    ours: { issuer, audience, authorizedParties, clockSkewInMs: 5000, tokenCacheSize: 50 },
    joses: { issuer, audience, clockTolerance: 5 },
    isOurs: ({ azp }: JWTPayload) => authorizedParties.includes(azp as string),
  },
]

const hosted = /^https:\/\/(clerk\.|x\.clerk\.accounts\.dev$)/

/** Where this package is stricter than jose by design. */
function isPlain(token: string, { crit, b64 }: JWTHeaderParameters, { exp, nbf, iat }: JWTPayload): boolean {
  const hasNoPadding = /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)
  const hasNoExtension = crit === undefined && (b64 === undefined || b64 === true)
  return hasNoPadding && hasNoExtension && [exp, nbf, iat].every((time) => time === undefined || Number.isFinite(time))
}

test(`of ${total} mutated tokens exactly those are accepted that jose accepts`, { timeout: 240_000 }, async () => {
  vi.spyOn(Date, 'now').mockReturnValue(now)
  const seed = 20_300_101
  const { publicKeys, next } = createMutants(seeded(seed), now / 1000, 2000)
  const jwks = [...publicKeys].map(([kid, key]) => ({ ...key.export({ format: 'jwk' }), kid, use: 'sig' }))
  const { url } = await startJSON({ keys: jwks })
  const instances = groups.map((group) => ({ ...group, clerk: new Clerk('k', { serverApiUrl: url, ...group.ours }) }))

  /** The claims that jose, and what we ask for besides, accept. */
  async function expected(token: string, { joses, isOurs }: (typeof groups)[number]): Promise<unknown> {
    const options = { algorithms: ['RS256'], currentDate: new Date(now), ...joses }
    try {
      const key = ({ kid }: JWTHeaderParameters) => publicKeys.get(kid) ?? Promise.reject(new Error('no key'))
      const { payload, protectedHeader } = await jwtVerify(token, key, options)
      return isPlain(token, protectedHeader, payload) && isOurs(payload) ? payload : undefined
    } catch {
      return undefined
    }
  }

  const untyped: unknown[] = []
  const actual = (token: string, clerk: Clerk): Promise<unknown> =>
    clerk.verifyToken(token).catch((error: { statusCode?: number }) => {
      if (error.statusCode !== 401) untyped.push(error)
    })

  const disagreements: unknown[] = []
  const counts = { accepted: 0, refused: 0 }
  const judge = async (token: string, group: (typeof instances)[number]) => {
    const [wanted, got] = await Promise.all([expected(token, group), actual(token, group.clerk)])
    counts[got === undefined ? 'refused' : 'accepted'] += 1
    if (JSON.stringify(wanted) !== JSON.stringify(got)) disagreements.push({ seed, token, wanted, got, of: group.ours })
  }
  const size = 200
  for (let done = 0; done < total; done += size) {
    const batch = Array.from({ length: size }, next)
    await Promise.all(batch.map((token, index) => judge(token, instances[index % 2] ?? expect.unreachable())))
  }
  vi.restoreAllMocks()
  expect(disagreements.slice(0, 5)).toEqual([])
  expect(untyped.slice(0, 5)).toEqual([])
  expect(counts.accepted + counts.refused).toBe(total)
  // Both verdicts are common enough to mean something.
  expect(counts.accepted).toBeGreaterThan(total / 20)
  expect(counts.refused).toBeGreaterThan(total / 2)
})
