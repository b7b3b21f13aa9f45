// The process that contest.mjs starts for a contender: the first message says which, every other one asks for a turn.
import { once } from 'node:events'

const [{ module, name, given }] = await once(process, 'message')
const { contenders } = await import(module)
/** @type {() => unknown} */
const call = await contenders[name](given)

process.on('message', async (/** @type {{ length: number, atOnce: number }} */ { length, atOnce }) => {
  const cpu = process.cpuUsage()
  const began = performance.now()
  let calls = 0
  const caller = async () => {
    for (; performance.now() - began < length; calls++) await call()
  }
  await Promise.all(Array.from({ length: atOnce }, caller))
  const seconds = (performance.now() - began) / 1000
  const { user, system } = process.cpuUsage(cpu)
  process.send?.({ perSecond: calls / seconds, cpu: (user + system) / calls })
})
process.on('disconnect', () => process.exit())
process.send?.('ready')
