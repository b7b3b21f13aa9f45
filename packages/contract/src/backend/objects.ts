import { z } from 'zod'
import * as field from '../fields.js'

/** Small objects that more than one resource answers with. */

export const TotalCount = z
  .object({ object: z.literal('total_count'), total_count: z.int().min(0) })
  .meta({ id: 'TotalCount' })

/** A page with its total, which a list answers with when asked `paginated=true`; otherwise lists are bare arrays. */
export const Paginated = <Item extends z.ZodType>(item: Item) =>
  z.object({ data: z.array(item), total_count: z.int().min(0) })

/** What the deletion of an object answers with. */
export const Deleted = <const Kind extends string>(kind: Kind) =>
  z.object({ object: z.literal(kind), id: field.Id, deleted: z.literal(true) })
