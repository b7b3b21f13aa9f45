import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { median } from './median.mjs'

/**
 * One turn: how many calls were made in a second, and what CPU time one of them took, in microseconds. That is the time of
 * the whole process: what the collector and other threads do counts, too.
 *
 * @typedef {{ perSecond: number, cpu: number }} Turn
 */

/** How long a turn is, in milliseconds. All have the same time, as it begins and ends with fewer calls at once. */
const length = 200

/**
 * Lets contenders run in turn, round after round, so that what else the machine does falls on each of them. Each has a
 * process of its own: nobody clears away another's garbage, or runs code that was optimized for another.
 *
 * @template {string} Name
 * @param {string} module the URL of a module. Its export `contenders` has a function for each name, which is handed
 *   `given` and gives the function that makes one call.
 * @param {readonly Name[]} names
 * @param {{ rounds: number, atOnce?: number, given?: unknown }} options `atOnce` is how many callers there are, each of
 *   which waits for one call before it makes the next
 * @returns {Promise<Record<Name, Turn[]>>}
 */
export async function contest(module, names, { rounds, atOnce = 1, given }) {
  const players = await Promise.all(names.map((name) => enter(module, name, given)))
  /** @type {any} */
  const turns = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = -3; round < rounds; round++) {
    for (const { name, ask } of shuffled(players)) {
      const turn = await ask({ length, atOnce })
      if (round >= 0) turns[name].push(turn)
    }
  }
  for (const { leave } of players) leave()
  return turns
}

/** @template {string} Name @param {string} module @param {Name} name @param {unknown} given */
async function enter(module, name, given) {
  // Else telemetry of some clients would leave the machine.
  const env = { ...process.env, CLERK_TELEMETRY_DISABLED: '1' }
  const child = fork(fileURLToPath(new URL('contender.mjs', import.meta.url)), { env, execArgv: [] })
  child.once('exit', (code) => code && process.exit(code))
  /** @param {object} message @returns {Promise<Turn>} */
  const ask = async (message) => {
    child.send(message)
    const [answer] = await once(child, 'message')
    return answer
  }
  await ask({ module, name, given })
  return { name, ask, leave: () => child.disconnect() }
}

/** @template Item @param {readonly Item[]} items */
const shuffled = (items) =>
  items
    .map((item) => ({ item, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item)

/**
 * How often one figure goes into another: the median of all rounds and, in brackets, the bounds of their middle half.
 *
 * @param {readonly number[]} figures one a round
 * @param {readonly number[]} peers
 */
export function ratio(figures, peers) {
  const ratios = figures.map((figure, round) => figure / Number(peers[round])).sort((a, b) => a - b)
  const at = (/** @type {number} */ share) => ratios[Math.floor(ratios.length * share)]?.toFixed(2)
  return `${median(ratios).toFixed(2).padStart(6)}× (${at(0.25)}–${at(0.75)})`
}
