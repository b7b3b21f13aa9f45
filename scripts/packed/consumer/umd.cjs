// Somebody's program that loads the UMD file: first as a module, then as a script.
const assert = require('node:assert/strict')
const { readFileSync } = require('node:fs')
const { runInThisContext } = require('node:vm')
const exercise = require('./exercise.cjs')

const filename = require.resolve('@clerk/clerk-sdk-node/umd')
const sdk = require('@clerk/clerk-sdk-node/umd')
assert.equal(Reflect.get(globalThis, 'ClerkSdkNode'), undefined)
runInThisContext(readFileSync(filename, 'utf8'), { filename })

exercise(sdk)
  .then(() => exercise(Reflect.get(globalThis, 'ClerkSdkNode')))
  .then(() => console.log('done'))
