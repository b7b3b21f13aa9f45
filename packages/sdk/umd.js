// For tools that do not read the `exports` map; everything else goes straight to dist.
const umd = require('./dist/clerk-sdk-node.umd.js')

Object.defineProperty(exports, '__esModule', { value: true })
Object.assign(exports, umd)
// By its name, for tools that read this file and do not run it.
exports.default = umd.default
