/** What was set of an instance, one setting a row; the others are as they are by default. */
export interface SettingsTable {
  name: string
  /** JSON. */
  value: string
  updated_at: number
}
