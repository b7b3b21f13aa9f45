import { type Command, command } from '../command.js'
import { toggle } from '../flags.js'
import { keptStorageFlagNames, keptStorageFlags, keptStorageOf } from '../storage-flags.js'

const flags = {
  ...keptStorageFlags,
  json: toggle('Print one line of JSON: of a setting its name, its value, and whether it was set'),
}

const nameOperand = { name: 'NAME', description: 'What the setting is called in settings list' }

const beside = 'Works beside running servers, on a data directory too. They go by it within 2 seconds.'

const exitCodes = {
  0: 'done',
  1: 'could not be done: there is no instance, the database cannot be reached, …',
  2: 'there is no such setting, it cannot have that value, or the command line is wrong',
}

const list = command({
  summary: 'List every setting of the instance, and what it decides',
  flags,
  exclusive: keptStorageFlagNames,
  exitCodes,
  examples: ['clerk-server settings list'],
  async run({ json, ...storage }) {
    const { listSettings } = await import('../settings.js')
    await listSettings(keptStorageOf(storage), { json })
  },
})

const get = command({
  summary: 'Print a setting of the instance',
  operands: [nameOperand],
  flags,
  exclusive: keptStorageFlagNames,
  notes: ['Prints the value as settings set takes it, and an empty line where there is none.'],
  exitCodes,
  examples: ['clerk-server settings get sign_up_mode'],
  async run({ json, ...storage }, [name = '']) {
    const { getSetting } = await import('../settings.js')
    await getSetting(keptStorageOf(storage), name, { json })
  },
})

const set = command({
  summary: 'Change a setting of the instance',
  operands: [nameOperand, { name: 'VALUE', description: 'What it is to be; of a list, with commas in between' }],
  flags,
  exclusive: keptStorageFlagNames,
  notes: [beside, 'What could not work together is refused, such as sign-up without a way to sign in again.'],
  exitCodes,
  examples: ['clerk-server settings set sign_up_mode restricted', 'clerk-server settings set username optional'],
  async run({ json, ...storage }, [name = '', value = '']) {
    const { setSetting } = await import('../settings.js')
    await setSetting(keptStorageOf(storage), name, value, { json })
  },
})

const unset = command({
  summary: 'Leave a setting of the instance to its default again',
  operands: [nameOperand],
  flags,
  exclusive: keptStorageFlagNames,
  notes: [beside],
  exitCodes,
  examples: ['clerk-server settings unset sign_up_mode'],
  async run({ json, ...storage }, [name = '']) {
    const { unsetSetting } = await import('../settings.js')
    await unsetSetting(keptStorageOf(storage), name, { json })
  },
})

/** What changes how an instance behaves. */
export const settings: Readonly<Record<string, Command>> = {
  'settings list': list,
  'settings get': get,
  'settings set': set,
  'settings unset': unset,
}
