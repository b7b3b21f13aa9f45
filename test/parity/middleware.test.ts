import { testParity } from './case.js'
import { interstitialCases } from './cases/interstitial.js'
import { onErrorCases } from './cases/on-error.js'
import { originCases } from './cases/origins.js'
import { reqSessionCases } from './cases/req-session.js'
import { visitorCases } from './cases/visitors.js'
import { wrapperCases } from './cases/wrappers.js'

await testParity([
  ...interstitialCases,
  ...onErrorCases,
  ...originCases,
  ...reqSessionCases,
  ...visitorCases,
  ...wrapperCases,
])
