import { type WithSessionProp, withSession } from '@clerk/clerk-sdk-node'
import type { NextApiRequest, NextApiResponse } from 'next'

/** For everybody; who is signed in is known by their id. */
function hello(req: WithSessionProp<NextApiRequest>, res: NextApiResponse) {
  res.json(req.session ? { signedIn: true, userId: req.session.userId } : { signedIn: false })
}

export default withSession(hello)
