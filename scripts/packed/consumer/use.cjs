// Somebody's CommonJS program, as it is or bundled.
const assert = require('node:assert/strict')
const sdk = require('@clerk/clerk-sdk-node')
const Clerk = require('@clerk/clerk-sdk-node/instance').default
const exercise = require('./exercise.cjs')

assert(sdk.default instanceof Clerk)
assert.equal(sdk.users, sdk.default.users)
exercise(sdk).then(() => console.log('done'))
