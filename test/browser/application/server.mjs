// An application as people write them: a public page, a guarded page that greets by name, and a guarded API.
import express from 'express'
import { guards } from './guards.mjs'
import { page } from './page.mjs'

const guard = await guards[String(process.env['GUARD'])]?.()
if (!guard) throw new Error('GUARD names none of the middlewares')
const { open, closed, userIdOf, getUser } = guard

/** @param {import('express').Request} req @returns {Promise<string>} */
async function greeting(req) {
  const id = userIdOf(req)
  return id ? `Hello, ${(await getUser(id)).firstName ?? 'whoever you are'}` : 'Hello, stranger'
}

/** @type {(...given: Parameters<import('express').ErrorRequestHandler>) => void} */
const refuse = (error, req, res, next) => {
  if (res.headersSent) next(error)
  else if (req.path === '/api') res.status(401).json({ error: error.message })
  else {
    const here = `${req.protocol}://${req.headers.host}${req.originalUrl}`
    res.redirect(process.env['SENDS_TO'] + encodeURIComponent(here))
  }
}

const app = express()
  .set('trust proxy', 'loopback')
  .get('/', open, async (req, res) => void res.send(page(await greeting(req))))
  .get('/guarded', closed, async (req, res) => void res.send(page(await greeting(req))))
  .get('/api', closed, (req, res) => void res.json({ userId: userIdOf(req) }))
  .get('/sign-in', (_req, res) => void res.send(page('Sign in', 'SignIn')))
  .get('/sign-up', (_req, res) => void res.send(page('Sign up', 'SignUp')))
  .use(refuse)

const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address && typeof address === 'object') process.send?.({ url: `http://127.0.0.1:${address.port}` })
})
// It goes with the test that started it.
process.on('disconnect', () => process.exit())
