import type { Context } from 'hono'
import { ApiError } from '../errors.js'
import { type Decoded, decodeJson, decodePairs } from './decode.js'
import type { WireFields } from './wire-fields.js'

/** Bytes. Every body of this API is small: three times the metadata limit and some text. */
const bodyLimit = 1024 * 1024

export interface Body {
  values: Decoded
  format: 'json' | 'form'
}

const formats: ReadonlyMap<string, Body['format']> = new Map([
  ['', 'json'],
  ['application/json', 'json'],
  ['application/x-www-form-urlencoded', 'form'],
])

/**
 * Reads a form or JSON body. An empty one has no parameters, whatever its content type: published clients announce JSON
 * where they send nothing.
 *
 * @throws ApiError `unsupported_content_type`, `request_body_too_large`, `request_body_invalid`, `form_param_duplicate`
 */
export async function readBody(c: Context, fields: WireFields): Promise<Body> {
  const contentType = (c.req.header('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  const text = await readText(c.req.raw)
  const format = formats.get(contentType)
  if (text === '') return { values: {}, format: format ?? 'json' }
  if (!format) {
    throw new ApiError('unsupported_content_type', {
      message: `the content type must be application/json or application/x-www-form-urlencoded, not ${contentType}`,
    })
  }
  const values = format === 'form' ? decodePairs(new URLSearchParams(text), fields, 'form') : parseJson(text, fields)
  return { values, format }
}

async function readText(request: Request): Promise<string> {
  const announced = Number(request.headers.get('content-length') ?? 0)
  if (announced > bodyLimit) throw tooLarge()
  if (!request.body) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body) {
    size += chunk.byteLength
    if (size > bodyLimit) throw tooLarge()
    chunks.push(chunk)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    throw new ApiError('request_body_invalid', { message: 'the body must be UTF-8' })
  }
}

const tooLarge = () =>
  new ApiError('request_body_too_large', { message: `the body must have at most ${bodyLimit} bytes` })

function parseJson(text: string, fields: WireFields): Decoded {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new ApiError('request_body_invalid', { message: 'the body must be JSON, as its content type says' })
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ApiError('request_body_invalid', { message: 'the body must be a JSON object' })
  }
  return decodeJson(value as Decoded, fields)
}
