import { ClerkExpressRequireSession, ClerkExpressWithSession, users } from '@clerk/clerk-sdk-node'
import express from 'express'

const app = express()

// Anybody may come in; who is signed in is known by name.
app.get('/', ClerkExpressWithSession(), (req, res) => {
  res.json(req.session ? { signedIn: true, userId: req.session.userId } : { signedIn: false })
})

// Only who is signed in gets past the guard.
app.get('/profile', ClerkExpressRequireSession(), async (req, res) => {
  const { firstName, lastName, publicMetadata } = await users.getUser(req.session.userId)
  res.json({ firstName, lastName, publicMetadata })
})

app.use((error, _req, res, _next) => {
  res.status(error.statusCode ?? 500).json(error.data ?? { error: error.message })
})

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', (error) => {
  if (error) {
    console.error(`The example cannot listen (${error.message}): set PORT to another port`)
    process.exit(1)
  }
  console.log(`The example listens at http://127.0.0.1:${server.address().port}`)
})

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => server.close(() => process.exit(0)))
}
