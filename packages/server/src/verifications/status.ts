import type { VerificationsTable } from '../database/tables/index.js'

/** What a verification is at a moment: it expires by time alone, whatever was last written of it. */
export const statusAt = ({ status, expire_at }: Pick<VerificationsTable, 'status' | 'expire_at'>, now: number) =>
  status === 'unverified' && expire_at <= now ? 'expired' : status
