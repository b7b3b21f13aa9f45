export interface RedirectUrlsTable {
  id: string
  /** As it was given. */
  url: string
  /** In the form it is compared in. */
  target: string
  created_at: number
  updated_at: number
}
