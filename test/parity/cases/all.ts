import type { Case } from '../case.js'
import { answerCases } from './answers.js'
import { classCases } from './classes.js'
import { connectionCases } from './connections.js'
import { goodCallCases } from './good-calls.js'
import { hookCases } from './hooks.js'
import { httpOptionCases } from './http-options.js'
import { idCases } from './ids.js'
import { interstitialCases } from './interstitial.js'
import { keySetCases } from './key-sets.js'
import { loggingCases } from './logging.js'
import { metadataCases } from './metadata.js'
import { onErrorCases } from './on-error.js'
import { originCases } from './origins.js'
import { parameterCases, tokenArgumentCases } from './parameters.js'
import { processCases } from './processes.js'
import { reqSessionCases } from './req-session.js'
import { resourceCases } from './resources.js'
import { retryCases } from './retries.js'
import { settingCases } from './settings.js'
import { tokenCases } from './tokens.js'
import { visitorCases } from './visitors.js'
import { wrapperCases } from './wrappers.js'

export const allCases: Case[] = [
  ...[answerCases, resourceCases].flat(),
  ...[goodCallCases, idCases, parameterCases, tokenArgumentCases, metadataCases].flat(),
  ...[httpOptionCases, connectionCases, retryCases, hookCases].flat(),
  ...[tokenCases, keySetCases].flat(),
  ...[visitorCases, originCases, interstitialCases, onErrorCases, wrapperCases, reqSessionCases].flat(),
  ...[classCases, loggingCases, settingCases, processCases].flat(),
]
