// The process that api.mjs starts: a bare `node:http` server on a free port of loopback.
import { createServer } from 'node:http'
import { tenUsers } from './users.mjs'

/** @type {Record<string, string>} */
const answers = {
  '/v1/users': JSON.stringify(tenUsers),
  // @clerk/backend asks for it along with every list.
  '/v1/users/count': JSON.stringify({ object: 'total_count', total_count: 10 }),
  '/v1/jwks': process.argv[2] ?? '',
}

const server = createServer(({ url = '' }, response) => {
  const [path = ''] = url.split('?')
  const body = answers[path] ?? ''
  response.writeHead(body ? 200 : 404, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  })
  response.end(body)
})
server.listen(0, '127.0.0.1', () => process.send?.(server.address()))
process.on('disconnect', () => process.exit())
