import type { Environment } from '../options.js'
import type { Settings } from './settings.js'
import { codesOf, enabledIdentifiers, type Identifier } from './strategies.js'

interface Rule {
  holds(settings: Settings, environment: Environment): boolean
  /** What is wrong where it does not, and how to mend it. */
  otherwise: string
}

/** Whether everybody who signs up with this can sign in with it. */
const leadsBack = (settings: Settings, identifier: Identifier) =>
  settings.password === 'required' || codesOf(settings, identifier).length > 0

/** Whoever gives the least that is asked for gives all that is required, or one of what is optional. */
function everybodyCanReturn(settings: Settings): boolean {
  const enabled = enabledIdentifiers(settings)
  const required = enabled.filter((identifier) => settings[identifier] === 'required')
  if (required.length > 0) return required.some((identifier) => leadsBack(settings, identifier))
  return enabled.length > 0 && enabled.every((identifier) => leadsBack(settings, identifier))
}

/** What no single setting shows. */
const rules: Rule[] = [
  {
    holds: everybodyCanReturn,
    otherwise:
      'people could sign up and not sign in again: require an email_address, phone_number or username, and require a password or switch on the codes for it',
  },
  {
    holds: ({ development_origin }, environment) => development_origin === null || environment === 'development',
    otherwise: 'development_origin is of use to development instances only, and this is a production instance',
  },
  {
    holds: ({ session_inactivity_timeout, session_lifetime }) =>
      session_inactivity_timeout === null || session_inactivity_timeout <= session_lifetime,
    otherwise: 'session_inactivity_timeout must not be longer than session_lifetime',
  },
]

/** Why settings cannot stand together; `undefined` where they can. */
export const contradictionIn = (settings: Settings, environment: Environment): string | undefined =>
  rules.find(({ holds }) => !holds(settings, environment))?.otherwise
