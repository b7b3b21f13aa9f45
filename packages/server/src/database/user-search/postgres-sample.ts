import { type RawBuilder, sql } from 'kysely'
import type { Queries } from '../database.js'

/** What some of the values of an indexed text tell about all of them. */
export interface TextSample {
  /** Whether many values have a trigram, which is in lower case. */
  isFrequent(trigram: string): boolean
  /**
   * How many of a thousand values have all of the parts, which are in lower case. Infinite where there are too few
   * values to tell.
   */
  countOf(parts: readonly string[]): number
}

/** Enough to tell what one in some hundreds has. Where there are fewer, all are drawn. */
const sampleSize = 1000
/** Fewer tell nothing, and then there is no hurry either. */
const smallestSample = 100
/** Bytes of the table they are drawn from, which are more than they take: neighbours in a table are often alike. */
const drawnFrom = 1024 * 1024
/** Of all values, those that must have a trigram for it to be frequent. To tell that, some of the sample are enough. */
const frequentShare = 0.1
const enoughForFrequent = 200
/** Milliseconds after which values are drawn again, when somebody searches. */
const maximumAge = 10 * 60_000

/** Draws values of the texts of a table, each of which is an expression in SQL. */
export async function sampleTexts<Name extends string>(
  queries: Queries,
  table: string,
  texts: Record<Name, RawBuilder<string>>,
): Promise<Record<Name, TextSample>> {
  const names = Object.keys(texts) as Name[]
  const { rows } = await sql<Record<Name, string>>`
    select ${sql.join(names.map((name) => sql`${texts[name]} as ${sql.ref(name)}`))} from ${sql.table(table)}
    tablesample system (least(100, 100.0 * ${sql.lit(drawnFrom)} / greatest(pg_relation_size(${sql.lit(table)}), 1)))
    order by random() limit ${sql.lit(sampleSize)}`.execute(queries)
  const samples = names.map((name) => [name, textSample(rows.map((row) => row[name]))])
  return Object.fromEntries(samples) as Record<Name, TextSample>
}

/** What was drawn last. Only the first time, somebody has to wait for it. */
export function keptSamples<Samples>(draw: () => Promise<Samples>): () => Promise<Samples> {
  let kept: { samples: Samples; drawnAt: number } | undefined
  let drawing: Promise<Samples> | undefined

  async function drawAgain(): Promise<Samples> {
    const samples = await draw()
    kept = { samples, drawnAt: performance.now() }
    return samples
  }

  return async () => {
    if (kept && performance.now() - kept.drawnAt < maximumAge) return kept.samples
    drawing ??= drawAgain().finally(() => {
      drawing = undefined
    })
    if (!kept) return drawing
    // The search that was asked for tells by itself when the database is away.
    drawing.catch(() => {})
    return kept.samples
  }
}

function textSample(values: readonly string[]): TextSample {
  if (values.length < smallestSample) return { isFrequent: () => false, countOf: () => Number.POSITIVE_INFINITY }
  const some = values.slice(0, enoughForFrequent)
  return {
    isFrequent: (trigram) => withAll(some, [trigram]).length >= some.length * frequentShare,
    countOf: (parts) => withAll(values, parts).length,
  }
}

const withAll = (values: readonly string[], parts: readonly string[]) =>
  values.filter((value) => parts.every((part) => value.includes(part)))
