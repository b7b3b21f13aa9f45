import { expect, test } from 'vitest'
import { createProgress } from '../src/cli/progress.js'

function terminal(isTTY: boolean) {
  const written: string[] = []
  const clock = { now: 0 }
  const stream = { isTTY, write: (text: string) => written.push(text) > 0 }
  return { written, clock, stream: stream as unknown as NodeJS.WriteStream, now: () => clock.now }
}

test('a person sees the count, the rate and the time that is left, ten times a second at most', () => {
  const { written, clock, ...seen } = terminal(true)
  const progress = createProgress({ verb: 'exporting', unit: 'users', total: 10_000, ...seen })
  for (let done = 0; done <= 2000; done += 10) {
    clock.now = done / 2
    progress.at(done)
  }
  progress.end()
  expect(written).toHaveLength(12)
  expect(written[0]).toBe('\rexporting 0 of 10,000 users\u001b[K')
  expect(written[10]).toBe('\rexporting 2,000 of 10,000 users, 2,000/s, 4 s left\u001b[K')
  expect(written[11]).toBe('\r\u001b[K')
})

test('bytes are shown in megabytes, and without a total there is no time that is left', () => {
  const { written, clock, ...seen } = terminal(true)
  const progress = createProgress({ verb: 'copying', unit: 'bytes', ...seen })
  clock.now = 1000
  progress.at(12_500_000)
  expect(written).toEqual(['\rcopying 12.5 MB, 12.5/s\u001b[K'])
})

test('where no person watches nothing is shown', () => {
  const { written, ...seen } = terminal(false)
  const progress = createProgress({ verb: 'copying', unit: 'bytes', ...seen })
  progress.at(1)
  progress.end()
  expect(written).toEqual([])
})
