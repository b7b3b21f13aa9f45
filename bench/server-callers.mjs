import { Agent, request } from 'node:http'

/** @typedef {{ url: string, key: string, anyKey?: boolean, ids: string[] }} Server `anyKey`: it takes whichever it is sent */
/** @typedef {{ method: string, path: string, body?: object }} Call */

let made = 0
/** Not the same twice, by whichever process it is made. */
export const newUser = () => ({
  email_address: [`${process.pid}.${made++}@example.com`],
  first_name: 'Ada',
  last_name: 'Lovelace',
})

/** @type {Record<string, (server: Server) => Call>} */
export const questions = {
  'list of 10 users': () => ({ method: 'GET', path: '/v1/users?limit=10' }),
  'one user': ({ ids }) => ({ method: 'GET', path: `/v1/users/${ids[(made++ * 7919) % ids.length]}` }),
  'new user': () => ({ method: 'POST', path: '/v1/users', body: newUser() }),
}

/** Who asks a server: for each server there is one, in a process of its own. */
export const contenders = Object.fromEntries(
  ['ours', 'emulate', 'yardstick'].map((name) => [
    name,
    (/** @type {{ question: string, servers: Record<string, Server> }} */ { question, servers }) => {
      const server = /** @type {Server} */ (servers[name])
      const call = /** @type {(server: Server) => Call} */ (questions[question])
      const ask = asker(server)
      return () => ask(call(server))
    },
  ]),
)

/** `emulate` answers 5000 requests of one key. */
const requestsOfOneKey = 4000

/**
 * Asks over connections that are kept, and reads the whole answer without looking into it.
 *
 * @param {Server} server
 */
function asker({ url, key, anyKey }) {
  const { hostname, port } = new URL(url)
  const agent = new Agent({ keepAlive: true })
  let sentBefore = 0
  const keyNow = () => (anyKey ? `${key}${process.pid}${Math.floor(sentBefore++ / requestsOfOneKey)}` : key)
  /** @param {Call} call @returns {Promise<void>} */
  return ({ method, path, body }) =>
    new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${keyNow()}`, 'content-type': 'application/json' }
      const sent = request({ hostname, port, agent, method, path, headers }, (response) => {
        const { statusCode } = response
        response
          .resume()
          .on('end', () => (statusCode === 200 ? resolve() : reject(new Error(`${path}: ${statusCode}`))))
      })
      sent.on('error', reject).end(body && JSON.stringify(body))
    })
}
