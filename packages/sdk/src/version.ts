import { name, version } from '../package.json'

/** How the SDK introduces itself to the API. */
export const userAgent: string = `${name}/${version}`
