// Somebody's program of ES modules.
import assert from 'node:assert/strict'

delete process.env['CLERK_API_KEY']
delete process.env['CLERK_SECRET_KEY']

const {
  default: clerk,
  Clerk,
  ClerkExpressRequireSession,
  ClerkExpressWithSession,
  HttpError,
  sessions,
  setClerkApiKey,
  User,
  users,
} = await import('@clerk/clerk-sdk-node')

assert(clerk instanceof Clerk)
assert.equal(clerk, Clerk.getInstance())
assert.equal(users, clerk.users)
assert.equal(sessions, clerk.sessions)
for (const value of [ClerkExpressRequireSession, ClerkExpressWithSession, HttpError, setClerkApiKey, User]) {
  assert.equal(typeof value, 'function')
}

for (const entry of ['instance', 'instance.js', 'esm/instance', 'cjs/instance', 'dist/instance']) {
  const { default: Instance } = await import(`@clerk/clerk-sdk-node/${entry}`)
  assert.equal(Instance, Clerk, entry)
}
console.log('done')
