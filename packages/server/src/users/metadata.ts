import { ApiError } from '../errors.js'

export type Metadata = Record<string, unknown>

export const metadataFields = ['public_metadata', 'private_metadata', 'unsafe_metadata'] as const
export type MetadataField = (typeof metadataFields)[number]

/** New metadata for the fields that are given. */
export type MetadataChange = { [Field in MetadataField]?: Metadata | undefined }

/** Bytes of JSON text, for each of the three. */
const sizeLimit = 8 * 1024
const depthLimit = 64

/**
 * The text that metadata, or what is made of them, is stored as.
 *
 * @throws ApiError `form_param_exceeds_allowed_size` when it is larger than 8 KiB or nested more than 64 deep.
 */
export function metadataText(metadata: Metadata, param: string): string {
  if (isDeeperThan(depthLimit, metadata)) {
    throw new ApiError('form_param_exceeds_allowed_size', {
      param,
      message: `must not be nested more than ${depthLimit} deep`,
    })
  }
  const text = JSON.stringify(metadata)
  if (Buffer.byteLength(text) > sizeLimit) {
    throw new ApiError('form_param_exceeds_allowed_size', {
      param,
      message: `must have at most ${sizeLimit} bytes of JSON`,
    })
  }
  return text
}

/** Lays `change` over `base`, key by key at every depth. `null` removes a key; lists are replaced whole. */
export function mergeMetadata(base: Metadata, change: Metadata): Metadata {
  const merged = new Map(Object.entries(base))
  for (const [key, value] of Object.entries(change)) {
    const before = merged.get(key)
    if (value === null) merged.delete(key)
    else merged.set(key, isObject(value) ? mergeMetadata(isObject(before) ? before : {}, value) : value)
  }
  // Not by assignment: a key `__proto__` stays a key like any other.
  return Object.fromEntries(merged)
}

const isObject = (value: unknown): value is Metadata =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner))
}
