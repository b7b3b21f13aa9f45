/** One row at most: the keys of an instance as the first versions kept them. They are taken over at the next start. */
export interface KeyringTable {
  id: 1
  keys: string
}
