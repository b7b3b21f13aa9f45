export interface ClientsTable {
  id: string
  created_at: number
  updated_at: number
}

export interface SessionsTable {
  id: string
  client_id: string
  user_id: string
  /** As last written; a session that is past `expire_at` has expired whatever stands here. */
  status: 'active' | 'revoked'
  last_active_at: number
  expire_at: number
  abandon_at: number
  created_at: number
  updated_at: number
}
