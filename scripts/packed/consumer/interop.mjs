// Somebody's program of ES modules that was written around the default export of 2.6.3, which was all of its CommonJS
// exports: the instance was its `default`.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import sdk from '@clerk/clerk-sdk-node'

const exports = createRequire(import.meta.url)('@clerk/clerk-sdk-node')

for (const name of Object.keys(exports)) assert.equal(typeof Reflect.get(sdk, name), typeof exports[name], name)
assert.equal(Reflect.get(sdk, 'default').default, sdk)
assert.equal(Reflect.get(sdk, 'HttpError'), exports.HttpError)
assert.deepEqual(
  Object.keys(sdk).filter((name) => name in exports),
  [],
)
console.log('done')
