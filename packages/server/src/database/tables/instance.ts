/** One row: what makes the instance the one it is. It is written at its first start, with its first keys. */
export interface InstanceTable {
  singleton: 1
  id: string
  environment: 'development' | 'production'
  /** `iss` of every token; its host is what the publishable key names. */
  issuer: string
  /** Random, and sealed where there is an encryption key: what secrets of this instance are derived from that never change. */
  root_secret: string
  created_at: number
  /** Written by whoever changes keys, so that they do so one after another. */
  updated_at: number
}
