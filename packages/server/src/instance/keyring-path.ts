import { join } from 'node:path'

/** Where a data directory has its keys. */
export const keyringPath = (directory: string) => join(directory, 'keys.json')
