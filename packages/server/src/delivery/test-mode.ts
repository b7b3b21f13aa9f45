import type { TransactionQueries } from '../database/database.js'
import type { Environment } from '../options.js'
import { isTestRecipient } from './test-recipients.js'

/**
 * Whether a recipient is one that tests use, of an instance that is made for them: who gets the code of all tests, and no
 * message. Settings are read in the transaction that asks, which may be the only connection there is.
 */
export type InTestMode = (transaction: TransactionQueries, recipient: string) => Promise<boolean>

interface ModeSettings {
  within(transaction: TransactionQueries): Promise<{ test_mode: boolean }>
}

export const inTestMode =
  (environment: Environment, settings: ModeSettings): InTestMode =>
  async (transaction, recipient) =>
    environment === 'development' && isTestRecipient(recipient) && (await settings.within(transaction)).test_mode
