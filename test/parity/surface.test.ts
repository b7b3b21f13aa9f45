import { testParity } from './case.js'
import { classCases } from './cases/classes.js'
import { loggingCases } from './cases/logging.js'
import { processCases } from './cases/processes.js'
import { settingCases } from './cases/settings.js'

await testParity([...classCases, ...loggingCases, ...processCases, ...settingCases])
