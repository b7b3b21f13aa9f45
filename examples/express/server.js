import { ClerkExpressRequireSession, ClerkExpressWithSession, users } from '@clerk/clerk-sdk-node'
import express from 'express'
import { page } from './page.js'

/** Where people sign up and in: the pages of the server. */
const authUrl = process.env.CLERK_API_URL ?? 'http://127.0.0.1:4010'

const nameOf = async ({ userId }) => (await users.getUser(userId)).firstName ?? 'friend'

const app = express()

// Anybody may come in; who is signed in is greeted by name.
app.get('/', ClerkExpressWithSession(), async (req, res) => {
  res.send(page(req.session ? `Hello, ${await nameOf(req.session)}` : 'Hello, stranger', Boolean(req.session)))
})

// Only who is signed in gets past the guard. A person is sent to sign up, and comes back.
app.get('/guarded', ClerkExpressRequireSession(), async (req, res) => {
  res.send(page(`Welcome, ${await nameOf(req.session)}`, true))
})

// The same for programs, which are told by the status.
app.get('/api/profile', ClerkExpressRequireSession(), async (req, res) => {
  const { firstName, lastName, publicMetadata } = await users.getUser(req.session.userId)
  res.json({ firstName, lastName, publicMetadata })
})

app.use((error, req, res, _next) => {
  const isSignedOut = error.statusCode === 401
  if (isSignedOut && req.path === '/guarded') {
    const here = `${req.protocol}://${req.get('host')}${req.originalUrl}`
    return res.redirect(`${authUrl}/sign-up?redirect_url=${encodeURIComponent(here)}`)
  }
  res.status(error.statusCode ?? 500).json(error.data ?? { error: error.message })
})

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', (error) => {
  if (error) {
    console.error(
      `The example cannot listen (${error.message}): set PORT to another port, or give npm start --example-port`,
    )
    process.exit(1)
  }
  console.log(`The example listens at http://127.0.0.1:${server.address().port}`)
})

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => server.close(() => process.exit(0)))
}
