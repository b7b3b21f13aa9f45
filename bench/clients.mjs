import { Agent, request } from 'node:http'

const apiKey = 'sk_test_aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789aBcDeF'

/** Who lists ten users of the API at a URL: the clients, and what can be written by hand with the same request. */
export const contenders = {
  ours: async (/** @type {string} */ serverApiUrl) => {
    const { default: Clerk } = await import('@clerk/clerk-sdk-node/instance')
    const clerk = new Clerk({ apiKey, serverApiUrl })
    return () => clerk.users.getUserList({ limit: 10 })
  },
  '2.6.3': async (/** @type {string} */ serverApiUrl) => {
    const { default: original } = await import('clerk-sdk-node-2.6.3/instance.js')
    const clerk = new original.default({ apiKey, serverApiUrl })
    return () => clerk.users.getUserList({ limit: 10 })
  },
  // It asks for the number of all users, too, along with every list.
  '@clerk/backend': async (/** @type {string} */ apiUrl) => {
    const { createClerkClient } = await import('@clerk/backend')
    const clerk = createClerkClient({ secretKey: apiKey, apiUrl, telemetry: { disabled: true } })
    return () => clerk.users.getUserList({ limit: 10 })
  },
  'node:http': (/** @type {string} */ url) => {
    const { hostname, port } = new URL(url)
    const headers = {
      'user-agent': '@clerk/clerk-sdk-node',
      accept: 'application/json',
      'accept-encoding': 'gzip, deflate, br',
      authorization: `Bearer ${apiKey}`,
      'content-type': 'application/x-www-form-urlencoded',
    }
    const options = { hostname, port, path: '/v1/users?limit=10', headers, agent: new Agent({ keepAlive: true }) }
    return () =>
      new Promise((resolve, reject) => {
        const sent = request(options, (response) => {
          /** @type {Buffer[]} */
          const chunks = []
          response.on('data', (chunk) => chunks.push(chunk))
          response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())))
          response.on('error', reject)
        })
        sent.on('error', reject).end()
      })
  },
}
