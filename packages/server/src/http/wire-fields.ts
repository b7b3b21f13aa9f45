import type { z } from 'zod'

/** How a parameter is written where everything is text: in a query string and in a form. */
export type WireKind = 'list' | 'object' | 'boolean' | 'integer' | 'text'

export interface WireField {
  kind: WireKind
  nullable: boolean
}

export type WireFields = ReadonlyMap<string, WireField>

const kinds: Partial<Record<string, WireKind>> = {
  array: 'list',
  // Metadata, which is whatever object an application likes.
  custom: 'object',
  record: 'object',
  object: 'object',
  boolean: 'boolean',
  number: 'integer',
}

/** The parameters of a schema, each with how text is to be read for it. Worked out once, when a route is mounted. */
export function wireFields(schema: z.ZodObject): WireFields {
  const fields = Object.entries(schema.shape as Record<string, z.ZodType>)
  return new Map(
    fields.map(([name, field]) => [
      name,
      { kind: kinds[innermost(field).type] ?? 'text', nullable: field.safeParse(null).success },
    ]),
  )
}

interface Definition {
  type: string
  innerType?: { def: Definition }
  in?: { def: Definition }
}

/** What is left of a schema when its optional, nullable, default and pipe wrappings are taken off. */
function innermost({ def }: { def: unknown }): Definition {
  const definition = def as Definition
  const inner = definition.innerType ?? definition.in
  return inner ? innermost(inner) : definition
}
