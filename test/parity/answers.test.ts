import { testParity } from './case.js'
import { answerCases } from './cases/answers.js'
import { resourceCases } from './cases/resources.js'

await testParity([...answerCases, ...resourceCases])
