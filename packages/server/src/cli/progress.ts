/** Milliseconds between two looks at a progress. */
const interval = 100

/** What is shown while something takes long. */
export interface Progress {
  /** Says how far it is. */
  at(done: number): void
  /** Takes what was shown away. */
  end(): void
}

export interface ProgressOptions {
  /** What is being done, as in "exporting". */
  verb: string
  /** What is counted, as in "users"; or bytes, which are shown in MB. */
  unit: string
  /** How many there are in all, where that is known. */
  total?: number | undefined
  /** Where it is shown, if a person watches. */
  stream?: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>
  /** Milliseconds. */
  now?: () => number
}

/** Shows count, rate and the time that is left in one line of a terminal; elsewhere it shows nothing. */
export function createProgress({
  verb,
  unit,
  total,
  stream = process.stderr,
  now = () => performance.now(),
}: ProgressOptions): Progress {
  if (!stream.isTTY) return { at() {}, end() {} }
  const begun = now()
  let shown = Number.NEGATIVE_INFINITY
  return {
    at(done) {
      if (now() - shown < interval) return
      shown = now()
      stream.write(`\r${[verb, ...measures(done, { unit, total, seconds: (shown - begun) / 1000 })].join(' ')}\u001b[K`)
    },
    end: () => void stream.write('\r\u001b[K'),
  }
}

interface Measure {
  unit: string
  total: number | undefined
  seconds: number
}

function measures(done: number, { unit, total, seconds }: Measure): string[] {
  const rate = seconds > 0 ? done / seconds : 0
  const count = total === undefined ? amount(done, unit) : `${amount(done, unit, false)} of ${amount(total, unit)}`
  const left = total !== undefined && rate > 0 ? [`${Math.ceil(Math.max(0, total - done) / rate)} s left`] : []
  return [[count, ...(rate > 0 ? [`${amount(rate, unit, false)}/s`] : []), ...left].join(', ')]
}

function amount(number: number, unit: string, named = true): string {
  const [shown, name] = unit === 'bytes' ? [number / 1e6, 'MB'] : [number, unit]
  const digits = unit === 'bytes' ? 1 : 0
  return `${shown.toLocaleString('en', { maximumFractionDigits: digits })}${named ? ` ${name}` : ''}`
}
