import type { SessionsTable } from '../database/tables/index.js'

type Checked = Pick<SessionsTable, 'first_factor_at' | 'second_factor_at'>

/** Minutes since the first and the second factor of a session were checked; -1 is never, as where nobody signed in. */
export const factorAges = ({ first_factor_at, second_factor_at }: Checked, now: number): [number, number] => [
  age(first_factor_at, now),
  age(second_factor_at, now),
]

const age = (checkedAt: number | null, now: number) =>
  checkedAt === null ? -1 : Math.floor((now - checkedAt) / 60_000)
