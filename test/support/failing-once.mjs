// Loaded before a program: the first import of a library, or the first reading of a file, whose name is in FAILING_ONCE fails, as
// on a machine that has run out of file descriptors.
import files from 'node:fs/promises'
import { register, syncBuiltinESMExports } from 'node:module'

const name = process.env['FAILING_ONCE'] ?? ''
const reason = 'EMFILE: too many open files'

const hooks = `
let fails = true
export function resolve(specifier, context, next) {
  if (specifier !== ${JSON.stringify(name)} || !fails) return next(specifier, context)
  fails = false
  throw new Error(${JSON.stringify(reason)})
}`
register(`data:text/javascript,${encodeURIComponent(hooks)}`)

const { readFile } = files
let fails = true
files.readFile = /** @type {typeof readFile} */ (
  async (/** @type {string | URL} */ path, /** @type {'utf8'} */ encoding) => {
    if (!fails || !String(path).endsWith(name)) return readFile(path, encoding)
    fails = false
    throw new Error(reason)
  }
)
syncBuiltinESMExports()
