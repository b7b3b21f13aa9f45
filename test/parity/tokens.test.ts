import { testParity } from './case.js'
import { keySetCases } from './cases/key-sets.js'
import { tokenCases } from './cases/tokens.js'

await testParity([...keySetCases, ...tokenCases])
