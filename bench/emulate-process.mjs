// The process that server.mjs starts for `emulate`, which asks for Node 24. It has no users but its own.
import { createEmulator } from 'emulate'

const { url } = await createEmulator({ service: 'clerk', port: 0 })
process.send?.(url)
process.on('disconnect', () => process.exit())
