// Somebody's program of ES modules, as it is or bundled.
import assert from 'node:assert/strict'
import * as sdk from '@clerk/clerk-sdk-node'
import Clerk from '@clerk/clerk-sdk-node/instance'
import exercise from './exercise.cjs'

assert(sdk.default instanceof Clerk)
assert.equal(sdk.users, sdk.default.users)
// Not awaited here, because a bundle in CommonJS cannot: a rejection ends the program with 1.
void exercise(sdk).then(() => console.log('done'))
