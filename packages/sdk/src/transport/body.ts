import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib'
import { HttpError, ParseError } from '../errors.js'

/** What an answer may weigh, before and after it is decompressed. The longest list of users is a third of it. */
const largestBody = 32 * 1024 * 1024

type Decompress = (body: Buffer) => Promise<Buffer>

const limits = { maxOutputLength: largestBody }
const unzip: Decompress = (body) => promisify(gunzip)(body, limits)

const decompressors: Readonly<Record<string, Decompress>> = {
  gzip: unzip,
  'x-gzip': unzip,
  br: (body) => promisify(brotliDecompress)(body, limits),
  // Some servers leave out the zlib header, whose first byte has 8 in its lower half.
  deflate: (body) => promisify(((body[0] ?? 0) & 0x0f) === 8 ? inflate : inflateRaw)(body, limits),
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
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > largestBody) throw tooLarge()
    chunks.push(chunk)
  }
  const body = Buffer.concat(chunks)
  const decompress = decompressors[response.headers['content-encoding']?.trim().toLowerCase() ?? '']
  if (!decompress || body.length === 0) return body.toString()
  return (await decompress(body).catch(explain)).toString()
}

function explain(error: Error & { code?: string }): never {
  if (error.code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge()
  throw new ParseError(500, 'The response cannot be decompressed', undefined, { code: error.code, cause: error })
}

const tooLarge = () =>
  new HttpError(500, `The response is larger than ${largestBody} bytes`, undefined, { code: 'ERR_BODY_TOO_LARGE' })
