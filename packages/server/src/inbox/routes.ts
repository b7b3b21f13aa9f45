import type { Route, RouteKey } from '@clerk-server/contract'
import { z } from 'zod'

const recipient = z.string().trim().toLowerCase().optional()

const InboxMessage = z.object({
  id: z.string(),
  channel: z.enum(['email', 'sms']),
  /** What it is about, such as `invitation`; null when an application wrote it. */
  slug: z.string().nullable(),
  user_id: z.string().nullable(),
  /** The part of the sender's address before the @, where the mail has one of its own. */
  from: z.string().nullable(),
  to: z.string(),
  subject: z.string().nullable(),
  /** HTML of mail, text of a text message. */
  body: z.string(),
  body_plain: z.string().nullable(),
  /** The first six digits in it that stand alone. */
  code: z.string().nullable(),
  links: z.array(z.string()),
  status: z.enum(['queued', 'submitted', 'failed']),
  attempts: z.int(),
  last_error: z.string().nullable(),
  created_at: z.int(),
})

export type InboxMessageJSON = z.output<typeof InboxMessage>

/** The inbox for programs: what tests read. */
export const inboxRoutes = {
  'GET /inbox/messages': {
    summary: 'The newest messages first',
    public: true,
    query: z.object({ to: recipient, limit: z.int().min(1).max(500).default(50) }),
    returns: z.array(InboxMessage),
  },
  'GET /inbox/messages/{message_id}': {
    summary: 'Read a message',
    public: true,
    returns: InboxMessage,
    errors: ['resource_not_found'],
  },
  'DELETE /inbox/messages': {
    summary: 'Delete all messages, or those to one recipient',
    public: true,
    query: z.object({ to: recipient }),
    returns: z.object({ deleted: z.int() }),
  },
} as const satisfies Record<RouteKey, Route>
