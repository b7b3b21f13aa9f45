import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { builtins } from '../builtins.js'
import { HttpError, ParseError } from '../errors.js'

/** What an answer may weigh, before and after it is decompressed. The longest list of users is a third of it. */
const largestBody = 32 * 1024 * 1024

type Decompress = (body: Buffer) => Promise<Buffer>

const limits = { maxOutputLength: largestBody }
const unzip: Decompress = (body) => promisify(builtins.zlib.gunzip)(body, limits)

const decompressors: ReadonlyMap<string, Decompress> = new Map([
  ['gzip', unzip],
  ['x-gzip', unzip],
  ['br', (body) => promisify(builtins.zlib.brotliDecompress)(body, limits)],
  ['deflate', inflateEither],
])

function inflateEither(body: Buffer): Promise<Buffer> {
  const { inflate, inflateRaw } = builtins.zlib
  // Some servers leave out the zlib header, whose first byte has 8 in its lower half.
  return promisify(((body[0] ?? 0) & 0x0f) === 8 ? inflate : inflateRaw)(body, limits)
}

/** What the SDK can read, in the words of the `accept-encoding` header. */
export const acceptEncoding = 'gzip, deflate, br'

/**
 * The whole body as text.
 *
 * @throws HttpError when it is too large. @throws ParseError when it cannot be decompressed. @throws the low-level error
 * when the connection breaks.
 */
export async function readText(response: IncomingMessage): Promise<string> {
  const body = await readBody(response)
  const decompress = decompressors.get(response.headers['content-encoding']?.trim().toLowerCase() ?? '')
  if (!decompress || body.length === 0) return body.toString()
  return (await decompress(body).catch(explain)).toString()
}

/** By events: `for await` takes about as long as all else that the SDK does for a call. */
function readBody(response: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    response.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > largestBody) reject(tooLarge())
      else chunks.push(chunk)
    })
    response.on('end', () => resolve(joined(chunks)))
    response.on('error', reject)
    response.on('close', () => {
      if (!response.readableEnded) reject(new Error('The response ended before it was complete'))
    })
  })
}

/** Most answers come in one piece, which need not be copied. */
const joined = (chunks: readonly Buffer[]): Buffer =>
  chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)

function explain(error: Error & { code?: string }): never {
  if (error.code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge()
  throw new ParseError(500, 'The response cannot be decompressed', undefined, { code: error.code, cause: error })
}

const tooLarge = () =>
  new HttpError(500, `The response is larger than ${largestBody} bytes`, undefined, { code: 'ERR_BODY_TOO_LARGE' })
