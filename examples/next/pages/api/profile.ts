import { type RequireSessionProp, requireSession, users } from '@clerk/clerk-sdk-node'
import type { NextApiRequest, NextApiResponse } from 'next'

/** Only for who is signed in: without a session the handler is not called, and the answer is 401. */
async function profile(req: RequireSessionProp<NextApiRequest>, res: NextApiResponse) {
  const { firstName, lastName, publicMetadata } = await users.getUser(req.session.userId)
  res.json({ firstName, lastName, publicMetadata })
}

export default requireSession(profile)
