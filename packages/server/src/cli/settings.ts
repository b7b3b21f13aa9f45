import type { KeptStorage } from '../options.js'
import { definitions, settingNames } from '../settings/definitions.js'
import { asGiven, readSetting, settingNamed } from '../settings/given.js'
import type { Settings } from '../settings/settings.js'
import { createSettingsStore, type SettingsStore } from '../settings/store.js'
import { besideServers } from './beside.js'
import { table } from './table.js'

interface Output {
  json: boolean
}

type Name = keyof Settings

/** Prints every setting, and whether it is as it is by default. */
export function listSettings(storage: KeptStorage, { json }: Output): Promise<void> {
  return opened(storage, async (store) => {
    const settings = await store.read()
    const set = await store.namesSet()
    const rows = settingNames.map((name) => [
      name,
      valueText(settings[name]) || '-',
      set.has(name) ? 'set' : '',
      definitions[name].description,
    ])
    const document = settingNames.map((name) => settingJSON(name, settings, set))
    print(json, document, `${table(['NAME', 'VALUE', '', 'WHAT IT DECIDES'], rows).join('\n')}\n`)
  })
}

/** Prints a setting. */
export function getSetting(storage: KeptStorage, given: string, { json }: Output): Promise<void> {
  const name = settingNamed(given)
  return opened(storage, async (store) => {
    const settings = await store.read()
    print(json, settingJSON(name, settings, await store.namesSet()), `${valueText(settings[name])}\n`)
  })
}

/** Sets a setting. */
export function setSetting(storage: KeptStorage, given: string, text: string, { json }: Output): Promise<void> {
  const name = settingNamed(given)
  const change = readSetting(name, text)
  return opened(storage, async (store) => {
    const settings = await asGiven(store.change(change))
    print(json, settingJSON(name, settings, new Set([name])), changed(name, settings))
  })
}

/** Leaves a setting to its default again. */
export function unsetSetting(storage: KeptStorage, given: string, { json }: Output): Promise<void> {
  const name = settingNamed(given)
  return opened(storage, async (store) => {
    const settings = await asGiven(store.unset(name))
    print(json, settingJSON(name, settings, new Set()), changed(name, settings))
  })
}

const opened = (storage: KeptStorage, work: (store: SettingsStore) => Promise<void>) =>
  besideServers(storage, (queries, { environment }) => work(createSettingsStore(queries, environment, Date.now)))

const changed = (name: Name, settings: Settings) =>
  `${name} is ${valueText(settings[name]) || 'not set'}. Running servers go by it within 2 seconds.\n`

const settingJSON = (name: Name, settings: Settings, set: ReadonlySet<string>) => ({
  name,
  value: settings[name],
  set: set.has(name),
})

/** A value as `settings set` takes it; nothing where there is none. */
function valueText(value: Settings[Name]): string {
  if (value === null) return ''
  return Array.isArray(value) ? value.join(',') : String(value)
}

const print = (json: boolean, document: object, text: string) =>
  process.stdout.write(json ? `${JSON.stringify(document)}\n` : text)
