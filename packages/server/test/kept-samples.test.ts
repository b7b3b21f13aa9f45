import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keptSamples } from '../src/database/user-search/postgres-sample.js'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const minutes = (number: number) => vi.advanceTimersByTime(number * 60_000)

test('values are drawn once for all who ask at the same time, and kept for ten minutes', async () => {
  let drawn = 0
  const samples = keptSamples(async () => ++drawn)
  expect(await Promise.all([samples(), samples()])).toEqual([1, 1])
  minutes(9)
  expect(await samples()).toBe(1)
})

test('nobody waits while values are drawn again', async () => {
  const draws: ((samples: string) => void)[] = []
  const samples = keptSamples(() => new Promise<string>((resolve) => draws.push(resolve)))
  const first = samples()
  draws[0]?.('first')
  expect(await first).toBe('first')
  minutes(11)
  expect(await samples()).toBe('first')
  expect(await samples()).toBe('first')
  expect(draws).toHaveLength(2)
  draws[1]?.('second')
  await vi.waitFor(async () => expect(await samples()).toBe('second'))
})

test('values that could not be drawn are drawn again by whoever asks next', async () => {
  const outcomes = [Promise.reject(new Error('away')), Promise.resolve(1), Promise.reject(new Error('away again'))]
  const samples = keptSamples(() => outcomes.shift() ?? Promise.resolve(2))
  await expect(samples()).rejects.toThrow('away')
  expect(await samples()).toBe(1)
  minutes(11)
  expect(await samples()).toBe(1)
  await vi.waitFor(async () => expect(await samples()).toBe(2))
})
