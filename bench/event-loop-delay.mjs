// Loaded into a server before it starts (`node --import`): reports how late its event loop is, in milliseconds, to the
// process that asks, and begins anew.
import { monitorEventLoopDelay } from 'node:perf_hooks'

const delay = monitorEventLoopDelay({ resolution: 1 })
delay.enable()
const ms = (/** @type {number} */ nanoseconds) => nanoseconds / 1e6

process.on('message', () => {
  process.send?.({ p50: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), max: ms(delay.max) })
  delay.reset()
})
process.channel?.unref()
