import { connection } from './connection.mjs'

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
  /** @type {ReturnType<typeof connection>[]} */
  const idle = []
  const { host } = new URL(url)
  let sentBefore = 0
  const keyNow = () => (anyKey ? `${key}${process.pid}${Math.floor(sentBefore++ / requestsOfOneKey)}` : key)
  /** @param {Call} call @returns {Promise<void>} */
  return async ({ method, path, body }) => {
    const text = body ? JSON.stringify(body) : ''
    const length = body ? `Content-Length: ${Buffer.byteLength(text)}\r\n` : ''
    const headers = `Host: ${host}\r\nAuthorization: Bearer ${keyNow()}\r\nContent-Type: application/json\r\n${length}`
    const ask = idle.pop() ?? connection(url)
    const status = await ask(`${method} ${path} HTTP/1.1\r\n${headers}\r\n${text}`)
    if (status !== 200) throw new Error(`${path}: ${status}`)
    idle.push(ask)
  }
}
