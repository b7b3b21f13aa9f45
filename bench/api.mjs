import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/**
 * A stand-in for the API, in a process of its own so that its CPU time is in nobody's figures: ten users, and a key set.
 * It ends with this process, or when it is closed.
 *
 * @param {object} [keySet] what `GET /v1/jwks` answers
 */
export async function startApi(keySet = { keys: [] }) {
  const child = fork(fileURLToPath(new URL('api-process.mjs', import.meta.url)), [JSON.stringify(keySet)], {
    execArgv: [],
  })
  const [{ port }] = await once(child, 'message')
  return { url: `http://127.0.0.1:${port}`, close: () => child.disconnect() }
}
