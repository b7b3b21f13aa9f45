import { z } from 'zod'
import { ApiError } from '../errors.js'
import { check } from '../http/check.js'
import { StartupError } from '../startup-error.js'
import { definitions, settingNames } from './definitions.js'
import type { Settings, SettingsChange } from './settings.js'

/** Settings that the person gave who runs the server, and not a request. */

const Change = z.object(Object.fromEntries(settingNames.map((name) => [name, definitions[name].schema.optional()])))

/** @throws StartupError (exit code 2) naming what is no setting, or no value of it */
export function checkedSettings(given: Readonly<Record<string, unknown>>): SettingsChange {
  for (const name of Object.keys(given)) settingNamed(name)
  try {
    return check(Change, given) as SettingsChange
  } catch (error) {
    return refuse(error)
  }
}

/** @throws StartupError (exit code 2) when there is no such setting */
export function settingNamed(name: string): keyof Settings {
  const known = settingNames.find((one) => one === name)
  if (known !== undefined) return known
  throw new StartupError(
    `there is no setting ${JSON.stringify(name)}: clerk-server settings list shows those there are`,
    {
      exitCode: 2,
    },
  )
}

/** A value as it is written on a command line. */
export const readSetting = (name: keyof Settings, text: string): SettingsChange =>
  checkedSettings({ [name]: definitions[name].read(text) })

/** Refuses what a change refuses to the person who gave it. @throws StartupError (exit code 2) */
export const asGiven = (change: Promise<Settings>): Promise<Settings> => change.catch(refuse)

function refuse(cause: unknown): never {
  if (!(cause instanceof ApiError)) throw cause
  throw new StartupError(`the settings cannot be so: ${cause.message}`, { exitCode: 2, cause })
}
