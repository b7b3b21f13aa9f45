import { testParity } from './case.js'
import { connectionCases } from './cases/connections.js'
import { hookCases } from './cases/hooks.js'
import { httpOptionCases } from './cases/http-options.js'
import { retryCases } from './cases/retries.js'

await testParity([...connectionCases, ...hookCases, ...httpOptionCases, ...retryCases])
