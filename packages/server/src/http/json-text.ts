import type { z } from 'zod'
import { projection } from './projection.js'

/** An answer that is JSON already, of what a schema declares and nothing else. Whoever makes one may keep it. */
export class JsonText<Value> {
  /** Nothing is there; by it the compiler tells the text of one thing from that of another. */
  declare readonly of: Value

  private constructor(
    /** In UTF-8. */
    readonly bytes: Buffer<ArrayBuffer>,
  ) {}

  /** Prepares, once, how what a schema describes becomes text. */
  static of<Schema extends z.ZodType>(schema: Schema): (value: z.output<Schema>) => JsonText<z.output<Schema>> {
    const project = projection(schema)
    return (value) => new JsonText(Buffer.from(JSON.stringify(project(value))))
  }

  /** The text of a list out of those of its items. */
  static list<Value>(items: readonly JsonText<Value>[]): JsonText<Value[]> {
    const parts = items.flatMap(({ bytes }, index) => (index === 0 ? [bytes] : [comma, bytes]))
    return new JsonText(Buffer.concat([opening, ...parts, closing]))
  }
}

const [opening, comma, closing] = ['[', ',', ']'].map((character) => Buffer.from(character)) as [Buffer, Buffer, Buffer]
