import { join, resolve } from 'node:path'

/** Where a data directory has its database. */
export const databasePath = (directory: string) => join(resolve(directory), 'clerk.sqlite')
