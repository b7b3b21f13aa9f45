import { expect, test } from 'vitest'
import { createTurns } from '../src/database/turns.js'

const never = 2 ** 31 - 1
const tooLong = () => new Error('too long')

test('turns are taken in the order they were asked for', async () => {
  const turns = createTurns(never, tooLong)
  const taken: string[] = []
  const asked = ['a', 'b', 'c'].map((name) => turns.take().then(() => taken.push(name)))
  await asked[0]
  expect(taken).toEqual(['a'])
  turns.pass()
  await asked[1]
  expect(taken).toEqual(['a', 'b'])
  turns.pass()
  await asked[2]
  turns.pass()
  expect(turns.taken).toBe(false)
})

test('who has waited for too long is told, and is passed over', async () => {
  const turns = createTurns(10, tooLong)
  await turns.take()
  await expect(turns.take()).rejects.toThrow('too long')
  expect(turns.taken).toBe(true)
  const next = turns.take()
  turns.pass()
  await next
  turns.pass()
  expect(turns.taken).toBe(false)
})
