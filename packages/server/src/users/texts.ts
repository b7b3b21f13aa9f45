import { backend, type UserJSON } from '@clerk-server/contract'
import { LRUCache } from 'lru-cache'
import type { Clock } from '../clock.js'
import { JsonText } from '../http/json-text.js'
import type { UserPage } from './query.js'
import { isLocked } from './standing.js'
import type { RevisedUser, Revision, StoredUser, UserStore } from './store.js'
import { userView } from './view.js'

/** Bytes of all texts together: of users, and of pages, which are made of the same texts once more. */
const capacity = { users: 32 * 1024 * 1024, pages: 8 * 1024 * 1024 }
/** Bytes of a page. Who reads everybody asks for large ones, and for each only once. */
const largestPage = 128 * 1024

/** Users as the Backend API shows them, as JSON text. */
export interface UserTexts {
  /** @throws ApiError `resource_not_found` */
  get(id: string): Promise<JsonText<UserJSON>>
  /** @throws ApiError `form_resource_not_found` when the page is to start after a user who is not there */
  list(page: UserPage): Promise<JsonText<UserJSON[]>>
}

interface Kept<Value> {
  text: JsonText<Value>
  /** When time alone makes another of it, in milliseconds. */
  until: number
}

type KeptUser = Kept<UserJSON> & { revision: number }

const sizeCalculation = ({ text }: Kept<unknown>) => text.bytes.length

/**
 * Keeps the texts that were asked for last, and gives one again as long as the database calls all who are in it by the
 * same revisions. So whoever changes users, here or elsewhere, need not know that there are texts.
 */
export function createUserTexts(users: UserStore, clock: Clock): UserTexts {
  const keptUsers = new LRUCache<string, KeptUser>({ maxSize: capacity.users, sizeCalculation })
  /** By their revisions, as the database puts them. */
  const keptPages = new LRUCache<string, Kept<UserJSON[]>>({
    maxSize: capacity.pages,
    maxEntrySize: largestPage,
    sizeCalculation,
  })

  function find({ id, revision }: { id: string; revision: number | undefined }): KeptUser | undefined {
    const kept = keptUsers.get(id)
    return kept && kept.revision === revision && clock() < kept.until ? kept : undefined
  }

  function write(user: RevisedUser): KeptUser {
    const now = clock()
    const { row, revision } = user
    const written = { text: userText(userView(user, now)), revision, until: shownUntil(user, now) }
    keptUsers.set(row.id, written)
    return written
  }

  /** The texts of users as they were found: those that are kept, and the others read; `undefined` when one is not so any more. */
  async function textsOf(found: readonly Revision[]): Promise<KeptUser[] | undefined> {
    const kept = found.map(find)
    const others = found.filter((_, place) => !kept[place]).map(({ id }) => id)
    const read = others.length === 0 ? [] : await users.read(others)
    const texts = new Map(read.map((user) => [user.row.id, write(user)]))
    const asFound = found.flatMap(({ id, revision }, place) => {
      const text = kept[place] ?? texts.get(id)
      return text?.revision === revision ? [text] : []
    })
    return asFound.length === found.length ? asFound : undefined
  }

  function page(items: readonly KeptUser[]): Kept<UserJSON[]> {
    return {
      text: JsonText.list(items.map(({ text }) => text)),
      until: Math.min(...items.map(({ until }) => until), Number.POSITIVE_INFINITY),
    }
  }

  return {
    async get(id) {
      const known = keptUsers.has(id) ? find({ id, revision: await users.revision(id) }) : undefined
      return (known ?? write(await users.get(id))).text
    },

    async list(asked) {
      const revisions = await users.revisions(asked)
      const kept = keptPages.get(revisions)
      if (kept && clock() < kept.until) return kept.text

      const texts = await textsOf(JSON.parse(revisions) as Revision[])
      // Who has changed or gone meanwhile may not belong there any more: then all are read by one statement.
      if (!texts) return page((await users.list(asked)).map(write)).text
      const made = page(texts)
      keptPages.set(revisions, made)
      return made.text
    },
  }
}

const userText = JsonText.of(backend['GET /users/{user_id}'].returns)

/** How long a user who does not change is shown the same; for no time, where the seconds of a lock are counted. */
function shownUntil({ row, identifications }: StoredUser, now: number): number {
  if (isLocked(row, now) && row.lockout_expires_at !== null) return now
  const pending = identifications.flatMap(({ verification }) =>
    verification?.status === 'unverified' ? [verification.expire_at] : [],
  )
  return Math.min(...pending, Number.POSITIVE_INFINITY)
}
