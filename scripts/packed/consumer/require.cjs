// Somebody's CommonJS program.
const assert = require('node:assert/strict')

delete process.env.CLERK_API_KEY
delete process.env.CLERK_SECRET_KEY

const sdk = require('@clerk/clerk-sdk-node')
const { Clerk } = sdk
const clerk = sdk.default

assert(clerk instanceof Clerk)
assert.equal(clerk, Clerk.getInstance())
assert.equal(sdk.users, clerk.users)
assert.equal(sdk.sessions, clerk.sessions)
assert.equal(Reflect.get(sdk, '__esModule'), true)
assert.throws(() => new Clerk({}), /API key not found/)

for (const entry of ['instance', 'instance.js', 'esm/instance', 'cjs/instance', 'dist/instance']) {
  assert.equal(require(`@clerk/clerk-sdk-node/${entry}`).default, Clerk, entry)
}
const own = new (require('@clerk/clerk-sdk-node/instance').default)({ apiKey: 'test_own' })
assert.equal(typeof own.users.getUserList, 'function')
assert.equal(require('@clerk/clerk-sdk-node/package.json').name, '@clerk/clerk-sdk-node')
console.log('done')
