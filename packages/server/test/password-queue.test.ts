import { expect, test } from 'vitest'
import { createQueue } from '../src/passwords/queue.js'

/** Pieces of work that go on until they are told to end, and what has begun of them. */
function pieces() {
  const begun: string[] = []
  const ends = new Map<string, (result: Promise<string>) => void>()
  const piece = (name: string) => () => {
    begun.push(name)
    return new Promise<string>((resolve) => ends.set(name, resolve))
  }
  const end = (name: string, result = Promise.resolve(name)) => ends.get(name)?.(result)
  return { begun, piece, end }
}

test('a queue runs as many pieces at a time as it may, in the order they came', async () => {
  const queued = createQueue({ running: 2, waiting: 10 })
  const { begun, piece, end } = pieces()
  const results = ['a', 'b', 'c', 'd'].map((name) => queued(piece(name)))
  expect(begun).toEqual(['a', 'b'])
  end('b')
  await results[1]
  expect(begun).toEqual(['a', 'b', 'c'])
  end('c')
  await results[2]
  end('a')
  end('d')
  expect(await Promise.all(results)).toEqual(['a', 'b', 'c', 'd'])
})

test('a queue that is full refuses with service_unavailable, and takes work again when some is done', async () => {
  const queued = createQueue({ running: 1, waiting: 2 })
  const { begun, piece, end } = pieces()
  const results = ['a', 'b', 'c'].map((name) => queued(piece(name)))
  const full = { status: 503, problems: [{ code: 'service_unavailable' }] }
  await expect(queued(piece('d'))).rejects.toMatchObject(full)
  await expect(queued(piece('e'))).rejects.toMatchObject(full)
  end('a')
  await results[0]
  const late = queued(piece('f'))
  for (const name of ['b', 'c', 'f']) {
    end(name)
    await new Promise(setImmediate)
  }
  expect(await late).toBe('f')
  expect(begun).toEqual(['a', 'b', 'c', 'f'])
})

test('a piece that fails gives its place to the next', async () => {
  const queued = createQueue({ running: 1, waiting: 1 })
  const { piece, end } = pieces()
  const [first, second] = [queued(piece('a')), queued(piece('b'))]
  end('a', Promise.reject(new Error('failed')))
  await expect(first).rejects.toThrow('failed')
  end('b')
  expect(await second).toBe('b')
})
