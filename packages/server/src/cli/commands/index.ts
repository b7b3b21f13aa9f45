import type { Commands } from '../arguments.js'
import { backup } from './backup.js'
import { doctor } from './doctor.js'
import { exec } from './exec.js'
import { exportUsers } from './export.js'
import { importUsers } from './import.js'
import { keys } from './keys.js'
import { migrate } from './migrate.js'
import { settings } from './settings.js'
import { start } from './start.js'

/** Every command by its name, in the order of the help. A name may be two words, such as `keys create`. */
export const commands: Commands = {
  start,
  exec,
  migrate,
  backup,
  export: exportUsers,
  import: importUsers,
  doctor,
  ...keys,
  ...settings,
}
