import { name, version } from '../package.json'

/** Where the source, the README and the issue list are. */
const repository = 'https://github.com/clerk-server/clerk-server'

export const userAgent: string = `${name}/${version} (${repository})`
