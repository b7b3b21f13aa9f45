/** One row: the keys of the instance, where several servers share a database and so have no folder in common. */
export interface KeyringTable {
  id: 1
  keys: string
}
