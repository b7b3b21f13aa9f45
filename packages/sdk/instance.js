// For tools that do not read the `exports` map; everything else goes straight to dist.
const instance = require('./dist/instance.js')

Object.defineProperty(exports, '__esModule', { value: true })
Object.assign(exports, instance)
// By its name, for tools that read this file and do not run it.
exports.default = instance.default
