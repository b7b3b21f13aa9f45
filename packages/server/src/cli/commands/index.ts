import type { Commands } from '../arguments.js'
import { exec } from './exec.js'
import { start } from './start.js'

/** Every command by its name, in the order of the help. A name may be two words, such as `keys create`. */
export const commands: Commands = {
  start,
  exec,
}
