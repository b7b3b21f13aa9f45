import { createPublicKey, verify } from 'node:crypto'

const apiKey = 'sk_test_aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789aBcDeF'

/** @typedef {{ tokens: string[], jwtKey: string, url: string }} Given tokens, their key, and where it is published */

/** Who verifies session tokens, one token after another, and again from the first. */
export const contenders = {
  'crypto.verify alone': (/** @type {Given} */ { tokens, jwtKey }) => {
    const key = createPublicKey(jwtKey)
    const parts = tokens.map((token) => {
      const end = token.lastIndexOf('.')
      return { signed: Buffer.from(token.slice(0, end)), signature: Buffer.from(token.slice(end + 1), 'base64url') }
    })
    return inRotation(parts, ({ signed, signature }) => {
      if (!verify('RSA-SHA256', signed, key, signature)) throw new Error('refused')
    })
  },
  'verifyToken, cache off': (/** @type {Given} */ given) => ours(given, 0),
  'verifyToken, cache on, tokens in rotation': (/** @type {Given} */ given) => ours(given, given.tokens.length),
  '2.6.3, keys cached': async (/** @type {Given} */ { tokens, url }) => {
    const { default: original } = await import('clerk-sdk-node-2.6.3/instance.js')
    const clerk = new original.default({ apiKey, serverApiUrl: url })
    return inRotation(tokens, (token) => clerk.verifyToken(token))
  },
  '@clerk/backend, keys cached': async (/** @type {Given} */ { tokens, url }) => {
    const { verifyToken } = await import('@clerk/backend')
    return inRotation(tokens, (token) => verifyToken(token, { secretKey: apiKey, apiUrl: url }))
  },
  '@clerk/backend, jwtKey': async (/** @type {Given} */ { tokens, jwtKey }) => {
    const { verifyToken } = await import('@clerk/backend')
    return inRotation(tokens, (token) => verifyToken(token, { jwtKey }))
  },
}

/** @param {Given} given @param {number} tokenCacheSize */
async function ours({ tokens, jwtKey }, tokenCacheSize) {
  const { default: Clerk } = await import('@clerk/clerk-sdk-node/instance')
  const clerk = new Clerk({ apiKey, jwtKey, tokenCacheSize })
  return inRotation(tokens, (token) => clerk.verifyToken(token))
}

/** @template Item @param {readonly Item[]} items @param {(item: Item) => unknown} act */
function inRotation(items, act) {
  let place = 0
  return () => act(/** @type {Item} */ (items[place++ % items.length]))
}
