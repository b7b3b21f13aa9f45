import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { createJwts, type Jwts } from '../src/tokens/jwt.js'
import { verificationKey } from '../src/tokens/signing-key.js'
import { type ScheduledKey, scheduledSigningKeys } from '../src/tokens/signing-keys.js'
import { createTickets } from '../src/tokens/ticket.js'

function newKey(kid: string, signsFrom: number): ScheduledKey {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const never = Number.POSITIVE_INFINITY
  return {
    ...verificationKey(kid, publicKey),
    privateKey: createPrivateKey(privateKey),
    signsFrom,
    publishedUntil: never,
    acceptedUntil: never,
  }
}

/** Tickets of an instance whose second key signs from 1000 on, and how often something has been signed. */
function start() {
  const keys = [newKey('first', 0), newKey('second', 1000)]
  const clock = { now: 0 }
  const signing = scheduledSigningKeys(
    () => keys,
    () => clock.now,
  )
  const jwts = createJwts(signing)
  const counted = { signatures: 0, failing: false }
  const counting: Jwts = {
    ...jwts,
    async sign(...given) {
      counted.signatures++
      if (counted.failing) throw new Error('no key can sign')
      return jwts.sign(...given)
    },
  }
  const ticketsOf = (instanceId: string) =>
    createTickets(
      counting,
      instanceId,
      () => 'https://id.example.com',
      () => clock.now,
    )
  return { jwts, clock, counted, ticketsOf, tickets: ticketsOf('ins_1') }
}

const subject = (id: string) => ({ id, created_at: 0, expires_at: 5_000_000 })

test('a ticket is signed once, however often it is asked for, and by however many at once', async () => {
  const { jwts, counted, tickets } = start()
  const tokens = await Promise.all(Array.from({ length: 50 }, () => tickets.issue(subject('inv_1'))))
  expect(new Set(tokens).size).toBe(1)
  expect(await tickets.issue(subject('inv_1'))).toBe(tokens[0])
  expect(counted.signatures).toBe(1)
  expect(jwts.read(tokens[0] ?? '')).toMatchObject({ jti: 'inv_1', exp: 5000 })
  expect(jwts.read(await tickets.issue(subject('inv_2')))).toMatchObject({ jti: 'inv_2' })
  expect(counted.signatures).toBe(2)
})

test('a ticket is signed anew when another key signs', async () => {
  const { clock, tickets } = start()
  const before = await tickets.issue(subject('inv_1'))
  clock.now = 1000
  const after = await tickets.issue(subject('inv_1'))
  expect([before, after].map(kidOf)).toEqual(['first', 'second'])
})

test('a ticket that could not be signed is signed when it is asked for again', async () => {
  const { counted, tickets } = start()
  counted.failing = true
  await expect(tickets.issue(subject('inv_1'))).rejects.toThrow('no key can sign')
  counted.failing = false
  expect(kidOf(await tickets.issue(subject('inv_1')))).toBe('first')
})

test('a ticket is read until it expires', async () => {
  const { clock, tickets } = start()
  const ticket = await tickets.issue(subject('inv_1'))
  clock.now = 4_999_999
  expect(tickets.read(ticket)).toBe('inv_1')
  clock.now = 5_000_000
  expect(() => tickets.read(ticket)).toThrow(expect.objectContaining({ problems: [{ code: 'ticket_expired_code' }] }))
})

test('what is no ticket, of another instance, or was changed is read as none', async () => {
  const { jwts, tickets, ticketsOf } = start()
  const claims = { aud: 'ticket', exp: 5000, iat: 0, iss: 'ins_1', jti: 'inv_1' }
  const ticket = await tickets.issue(subject('inv_1'))
  const [head, , signature] = ticket.split('.')
  const other = Buffer.from(JSON.stringify({ ...claims, jti: 'inv_2' })).toString('base64url')
  const refused = [
    '',
    'x',
    ticket.slice(0, -8),
    `${head}.${other}.${signature}`,
    await ticketsOf('ins_2').issue(subject('inv_1')),
    await jwts.sign({ ...claims, aud: 'testing' }),
    await jwts.sign({ ...claims, exp: '5000' }),
    await jwts.sign({ ...claims, jti: 1 }),
    await jwts.sign({ iss: 'ins_1', sub: 'user_1', sid: 'sess_1', exp: 5000 }),
  ]
  for (const one of refused) {
    const invalid = expect.objectContaining({ problems: [{ code: 'ticket_invalid_code' }] })
    expect(() => tickets.read(one), one).toThrow(invalid)
  }
})

const kidOf = (token: string) =>
  (JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { kid: string }).kid
