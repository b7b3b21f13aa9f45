// The path that 3.x and 4.x had, for tools that do not read the `exports` map.
const instance = require('../dist/instance.js')

Object.defineProperty(exports, '__esModule', { value: true })
Object.assign(exports, instance)
// By its name, for tools that read this file and do not run it.
exports.default = instance.default
