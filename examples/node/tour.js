import assert from 'node:assert/strict'
import clerk, { HttpError, sessions, users } from '@clerk/clerk-sdk-node'
import { step } from './step.js'

const people = [
  { firstName: 'Ada', lastName: 'Lovelace', emailAddress: ['ada@tour.example'], phoneNumber: ['+14155550101'] },
  { firstName: 'Grace', lastName: 'Hopper', emailAddress: ['grace@tour.example'], phoneNumber: ['+14155550102'] },
  { firstName: 'Edsger', lastName: 'Dijkstra', emailAddress: ['edsger@tour.example'], phoneNumber: ['+14155550103'] },
]
const emailAddress = people.flatMap((person) => person.emailAddress)

await step('Remove what an earlier tour left', async () => {
  const left = await users.getUserList({ emailAddress })
  for (const user of left) await users.deleteUser(user.id)
  return `${left.length} users`
})

const [ada, grace, edsger] = await step(
  'Create three users',
  async () => {
    const created = []
    for (const [seat, person] of people.entries()) {
      created.push(
        await users.createUser({ ...person, publicMetadata: { seat: seat + 1 }, privateMetadata: { vip: true } }),
      )
    }
    return created
  },
  (created) => created.map(({ firstName, lastName, id }) => `${firstName} ${lastName} (${id})`).join(', '),
)

await step('List them, ordered by last name', async () => {
  const list = await users.getUserList({ emailAddress, orderBy: '+last_name' })
  const names = list.map((user) => user.lastName)
  assert.deepEqual(names, ['Dijkstra', 'Hopper', 'Lovelace'])
  return names.join(', ')
})

await step('Read one', async () => {
  const user = await users.getUser(ada.id)
  assert.equal(user.emailAddresses[0].emailAddress, 'ada@tour.example')
  assert.equal(user.phoneNumbers[0].phoneNumber, '+14155550101')
  assert.deepEqual(user.publicMetadata, { seat: 1 })
  return `${user.firstName} ${user.lastName}, ${user.emailAddresses[0].emailAddress}`
})

await step('Update one', async () => {
  const user = await users.updateUser(grace.id, { firstName: 'Rear Admiral Grace', publicMetadata: { seat: 9 } })
  assert.equal(user.firstName, 'Rear Admiral Grace')
  assert.deepEqual(user.publicMetadata, { seat: 9 })
  return `${user.firstName} ${user.lastName}, seat ${user.publicMetadata.seat}`
})

await step('Fail to create a duplicate', async () => {
  const error = await users.createUser({ emailAddress: ['ADA@tour.example'] }).catch((reason) => reason)
  assert.ok(error instanceof HttpError)
  assert.equal(error.statusCode, 422)
  assert.equal(error.data[0].code, 'form_identifier_exists')
  return `${error.statusCode} ${error.data[0].code}: ${error.data[0].longMessage}`
})

const session = await step(
  'Create a session',
  () => sessions.createSession({ userId: ada.id }),
  ({ id, status }) => `${id}, ${status}`,
)

const { jwt: token } = await step(
  'Mint a token for it',
  () => sessions.getToken(session.id),
  ({ jwt }) => `${jwt.slice(0, 40)}… (${jwt.length} characters)`,
)

await step('Verify the token', async () => {
  const claims = await clerk.verifyToken(token)
  assert.equal(claims.sid, session.id)
  assert.equal(claims.sub, ada.id)
  return `of ${claims.sub}, until ${new Date(claims.exp * 1000).toISOString()}`
})

await step('Call the guarded route with the token', async () => {
  const response = await fetch(process.env.GUARDED_URL, { headers: { authorization: `Bearer ${token}` } })
  const body = await response.json()
  assert.equal(response.status, 200)
  assert.equal(body.firstName, 'Ada')
  return `${response.status} ${JSON.stringify(body)}`
})

await step('Call the guarded route without it', async () => {
  const response = await fetch(process.env.GUARDED_URL)
  assert.equal(response.status, 401)
  return `${response.status} ${await response.text()}`
})

await step('Delete one', async () => {
  const { deleted } = await users.deleteUser(edsger.id)
  assert.equal(deleted, true)
  const error = await users.getUser(edsger.id).catch((reason) => reason)
  assert.equal(error.statusCode, 404)
  return `${edsger.id} is gone: ${error.statusCode} ${error.data[0].code}`
})
