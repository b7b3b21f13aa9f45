import { expect } from 'vitest'
import { openApplication } from '../application.js'
import type { ClientTable } from '../client-table.js'
import type { Client } from './client.js'

type Guard = (options?: object) => (req: unknown, res: unknown, next: unknown) => unknown

type Guarded = Client & { expressWithAuth: Guard; expressRequireAuth: Guard }

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

/** The guards of `@clerk/clerk-sdk-node` 4 and 5, in front of a real application. */
export const middlewares: ClientTable<Client>['served'] = {
  expressWithAuth: {
    operations: [],
    async run({ clerk, visitor }) {
      const { user, session, token } = await visitor()
      await using application = await openApplication((clerk as Guarded).expressWithAuth())
      expect(await application.visit(bearer(token))).toMatchObject({
        status: 200,
        auth: { userId: user.id, sessionId: session.id },
      })
      expect(await application.visit({})).toMatchObject({ status: 200, auth: { userId: null } })
    },
  },
  expressRequireAuth: {
    operations: [],
    async run({ clerk, visitor }) {
      const { user, token } = await visitor()
      await using application = await openApplication((clerk as Guarded).expressRequireAuth())
      expect(await application.visit(bearer(token))).toMatchObject({ status: 200, auth: { userId: user.id } })
      expect((await application.visit({})).status).not.toBe(200)
      expect((await application.visit(bearer('no token'))).status).not.toBe(200)
    },
  },
}
