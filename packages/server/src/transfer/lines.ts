const lineFeed = 0x0a
const decoder = new TextDecoder('utf-8', { fatal: true })

export interface Line {
  /** From 1. */
  number: number
  text: string
}

/** A line that is no text. */
export class LineError extends Error {
  constructor(
    readonly number: number,
    message: string,
  ) {
    super(message)
  }
}

/**
 * The lines of a stream that say something. They end with a line feed and nothing else: `readline` also ends them where
 * JSON has other separators inside of a string.
 *
 * @throws LineError for a line that is not UTF-8
 */
export async function* readLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let number = 1
  let begun: Buffer[] = []
  for await (const chunk of chunks) {
    let from = 0
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, from)) {
      yield* whole(number++, [...begun, chunk.subarray(from, end)])
      begun = []
      from = end + 1
    }
    begun.push(chunk.subarray(from))
  }
  yield* whole(number, begun)
}

/** Skips a line that is empty; the decoder takes a byte order mark away. */
function* whole(number: number, parts: Buffer[]): Generator<Line> {
  const text = decode(number, Buffer.concat(parts)).trim()
  if (text !== '') yield { number, text }
}

function decode(number: number, bytes: Buffer): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw new LineError(number, 'is not UTF-8')
  }
}
