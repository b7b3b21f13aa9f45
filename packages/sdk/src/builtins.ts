/**
 * The modules of Node that take long to load, together longer than this package. Each is loaded when it is first used: a
 * program that only verifies webhooks needs no HTTP, and one that calls the API by HTTP no TLS.
 *
 * What they export is read at every use, so that tracers and nock can replace it, also after the package was loaded.
 */
export const builtins = {
  get crypto(): typeof import('node:crypto') {
    return process.getBuiltinModule('node:crypto')
  },
  get http(): typeof import('node:http') {
    return process.getBuiltinModule('node:http')
  },
  get https(): typeof import('node:https') {
    return process.getBuiltinModule('node:https')
  },
  get net(): typeof import('node:net') {
    return process.getBuiltinModule('node:net')
  },
  get stream(): typeof import('node:stream') {
    return process.getBuiltinModule('node:stream')
  },
  get tls(): typeof import('node:tls') {
    return process.getBuiltinModule('node:tls')
  },
  get zlib(): typeof import('node:zlib') {
    return process.getBuiltinModule('node:zlib')
  },
}
