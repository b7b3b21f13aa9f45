// One program in which some modules say `import` and others say `require`.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import * as imported from '@clerk/clerk-sdk-node'
import * as importedInstance from '@clerk/clerk-sdk-node/instance'

const require = createRequire(import.meta.url)

same(imported, require('@clerk/clerk-sdk-node'))
same(importedInstance, require('@clerk/clerk-sdk-node/instance'))
assert(imported.default instanceof importedInstance.default)
assert.equal(new imported.User({}).constructor, importedInstance.User)
console.log('done')

/** @param {Record<string, unknown>} esm @param {Record<string, unknown>} cjs */
function same(esm, cjs) {
  const names = Object.keys(esm).filter((name) => name !== 'module.exports')
  assert.deepEqual(names.sort(), Object.keys(cjs).sort())
  for (const name of names) assert.equal(esm[name], cjs[name], name)
}
