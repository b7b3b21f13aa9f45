import { testParity } from './case.js'
import { goodCallCases } from './cases/good-calls.js'
import { idCases } from './cases/ids.js'
import { metadataCases } from './cases/metadata.js'
import { parameterCases, tokenArgumentCases } from './cases/parameters.js'

await testParity([...goodCallCases, ...idCases, ...metadataCases, ...parameterCases, ...tokenArgumentCases])
