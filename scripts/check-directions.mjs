// Refuses imports that point the wrong way, in this repository or in the directory named as the argument.
import { fileURLToPath } from 'node:url'
import { violations } from './directions.mjs'

const found = violations(process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url)))
console.log(found.join('\n') || 'every import points the way it may')
process.exitCode = found.length > 0 ? 1 : 0
