import type { z } from 'zod'

type Project = (value: unknown) => unknown

interface Definition {
  type: string
  shape: Record<string, z.ZodType>
  element: z.ZodType
  innerType: z.ZodType
  options: z.ZodType[]
  discriminator?: string
}

const asItIs: Project = (value) => value

/**
 * Compiles a schema into a function that copies what the schema declares and nothing else, so that a field the contract
 * does not name can never leave the server. It does not validate: the compiler has, where the value was made.
 */
export function projection(schema: z.ZodType): Project {
  const known = compiled.get(schema)
  if (known) return known
  const definition = schema.def as unknown as Definition
  const project = projections[definition.type]?.(definition) ?? asItIs
  compiled.set(schema, project)
  return project
}

/** What many routes answer with is compiled once. */
const compiled = new WeakMap<z.ZodType, Project>()

const projections: Partial<Record<string, (definition: Definition) => Project>> = {
  object({ shape }) {
    const fields = Object.entries(shape).map(([name, field]) => [name, projection(field)] as const)
    return (value) => {
      const source = value as Record<string, unknown>
      const target: Record<string, unknown> = {}
      for (const [name, project] of fields) {
        const field = source[name]
        if (field !== undefined) target[name] = project(field)
      }
      return target
    }
  },
  array({ element }) {
    const project = projection(element)
    return (value) => (value as unknown[]).map(project)
  },
  nullable: ({ innerType }) => {
    const project = projection(innerType)
    return (value) => (value === null ? null : project(value))
  },
  optional: ({ innerType }) => projection(innerType),
  union({ options, discriminator }) {
    return discriminator === undefined ? listOrObject(options) : byDiscriminator(options, discriminator)
  },
}

function byDiscriminator(options: z.ZodType[], name: string): Project {
  const byValue = new Map(
    options.flatMap((option) => {
      const project = projection(option)
      return literalsOf(option, name).map((literal) => [literal, project] as const)
    }),
  )
  return (value) => byValue.get((value as Record<string, unknown>)[name])?.(value)
}

function literalsOf(option: z.ZodType, name: string): unknown[] {
  const field = (option.def as unknown as Definition).shape[name]
  return (field?.def as unknown as { values: unknown[] } | undefined)?.values ?? []
}

/** The one union without a discriminator: a bare list, or a page of one. */
function listOrObject(options: z.ZodType[]): Project {
  const [list, object] = [true, false].map((wanted) => options.find((option) => (option.type === 'array') === wanted))
  const projectList = list ? projection(list) : asItIs
  const projectObject = object ? projection(object) : asItIs
  return (value) => (Array.isArray(value) ? projectList(value) : projectObject(value))
}
