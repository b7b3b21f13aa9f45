import type { Context } from 'hono'
import { ApiError } from '../errors.js'
import { type Decoded, decodeJson, decodePairs } from './decode.js'
import type { WireFields } from './wire-fields.js'

/** Bytes. Every body of this API is small: three times the metadata limit and some text. */
const bodyLimit = 1024 * 1024

/** What a route takes: parameters by name, or a list of such objects. */
export type BodyShape = 'object' | 'list'

export interface Body {
  /** A list where the route takes one. Its items are as they came if they are no objects. */
  values: Decoded | unknown[]
  format: 'json' | 'form'
}

const formats: ReadonlyMap<string, Body['format']> = new Map([
  ['', 'json'],
  ['application/json', 'json'],
  ['application/x-www-form-urlencoded', 'form'],
])

/**
 * Reads a form or JSON body; a list is JSON. An empty one has no parameters, whatever its content type: published
 * clients announce JSON where they send nothing.
 *
 * @throws ApiError `unsupported_content_type`, `request_body_too_large`, `request_body_invalid`, `form_param_duplicate`
 */
export async function readBody(c: Context, shape: BodyShape, fields: WireFields): Promise<Body> {
  const contentType = (c.req.header('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  const text = await readText(c.req.raw)
  const format = formats.get(contentType)
  if (text === '') return { values: shape === 'list' ? [] : {}, format: format ?? 'json' }
  if (!format || (format === 'form' && shape === 'list')) {
    const accepted = shape === 'list' ? 'application/json' : [...formats.keys()].filter(Boolean).join(' or ')
    throw new ApiError('unsupported_content_type', {
      message: `the content type must be ${accepted}, not ${contentType}`,
    })
  }
  const values =
    format === 'form' ? decodePairs(new URLSearchParams(text), fields, 'form') : parseJson(text, shape, fields)
  return { values, format }
}

async function readText(request: Request): Promise<string> {
  const announced = Number(request.headers.get('content-length') ?? 0)
  if (announced > bodyLimit) throw tooLarge()
  const bytes = await whole(announced > 0 ? request.arrayBuffer() : readStream(request))
  try {
    return utf8.decode(bytes)
  } catch {
    throw new ApiError('request_body_invalid', { message: 'the body must be UTF-8' })
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Reads a body of which nobody has said how long it is. */
async function readStream(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > bodyLimit) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Who goes away amid a request has made it invalid; nothing has failed here. */
async function whole(reading: Promise<ArrayBuffer | Uint8Array>): Promise<ArrayBuffer | Uint8Array> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof ApiError) throw error
    throw new ApiError('request_body_invalid', { message: 'the request ended before its body did' })
  }
}

const tooLarge = () =>
  new ApiError('request_body_too_large', { message: `the body must have at most ${bodyLimit} bytes` })

function parseJson(text: string, shape: BodyShape, fields: WireFields): Decoded | unknown[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new ApiError('request_body_invalid', { message: 'the body must be JSON, as its content type says' })
  }
  if (shape === 'list' && Array.isArray(value)) {
    return value.map((item: unknown) => (isObject(item) ? decodeJson(item, fields) : item))
  }
  if (shape === 'object' && isObject(value)) return decodeJson(value, fields)
  throw new ApiError('request_body_invalid', { message: `the body must be a JSON ${shape}` })
}

const isObject = (value: unknown): value is Decoded =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
