// Somebody's strict TypeScript program.
import * as sdk from '@clerk/clerk-sdk-node'
import clerk, {
  ClerkExpressRequireSession,
  ClerkExpressWithSession,
  HttpError,
  type RequireSessionProp,
  type Session,
  sessions,
  setClerkApiKey,
  type User,
  users,
  type WithSessionProp,
} from '@clerk/clerk-sdk-node'
import Clerk from '@clerk/clerk-sdk-node/instance'
import { setClerkApiVersion, users as usersOfUmd } from '@clerk/clerk-sdk-node/umd'
import express, { type ErrorRequestHandler, type Request, type Response } from 'express'

setClerkApiKey('test_key')
setClerkApiVersion('v1')
const own: Clerk = new Clerk({ apiKey: 'test_other', serverApiUrl: 'http://127.0.0.1:4010', httpOptions: {} })
own.apiVersion = 'v1'

const app = express()
app.use(ClerkExpressWithSession())
app.use(own.expressWithSession({ onError: (error) => console.error(error) }))
app.get('/open', (request: WithSessionProp<Request>, response: Response) => {
  response.json({ user: request.session?.userId ?? null })
})
app.use(ClerkExpressRequireSession())
app.use(clerk.expressRequireSession({ onError: (error) => error }))
app.get('/guarded', (request, response) => {
  const { session } = request as RequireSessionProp<Request>
  response.json({ user: session.userId })
})
app.use(((error, _request, response, _next) => {
  response.status(error instanceof HttpError ? (error.statusCode ?? 500) : 500).end()
}) satisfies ErrorRequestHandler)

export async function main(): Promise<(string | null | undefined)[]> {
  const list: User[] = await users.getUserList({ limit: 10, orderBy: '-created_at', emailAddress: ['ada@example.com'] })
  ;(await usersOfUmd.getUserList()) satisfies User[]
  const user = await own.users.createUser({ emailAddress: ['ada@example.com'], publicMetadata: { role: 'admin' } })
  const session: Session = await sessions.getSession('sess_1')
  await clerk.users.updateUser(user.id ?? '', { firstName: 'Ada' })
  const claims = await clerk.verifyToken('token')
  // @ts-expect-error: the classes of the APIs are there as types alone
  void sdk.UsersApi
  // @ts-expect-error: which user is not said
  await clerk.users.getUser()
  // @ts-expect-error: there is no such order
  await clerk.users.getUserList({ orderBy: 'shoe_size' })
  return [list[0]?.firstName, user.emailAddresses[0]?.emailAddress, session.status, claims.sub]
}
