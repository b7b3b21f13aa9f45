// @ts-nocheck: it is as plain as the applications of its time.
// A site that is guarded by the published 2.6.3, as an application would be.
const { createServer } = require('node:http')
const { default: Clerk } = require('clerk-sdk-node-2.6.3/instance')

const clerk = new Clerk({ apiKey: process.env.API_KEY, serverApiUrl: process.env.API_URL, httpOptions: { retry: 0 } })
const guard = clerk.expressWithSession()

const site = createServer((req, res) => {
  void guard(req, res, () => res.end(JSON.stringify({ session: req.session?.id ?? null })))
})
site.listen(0, '127.0.0.1', () => process.stdout.write(`${site.address().port}\n`))
