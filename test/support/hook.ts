import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

export interface ReceivedPost {
  path: string
  headers: IncomingHttpHeaders
  body: string
}

export interface Hook {
  url: string
  /** In the order they came. */
  posts: ReceivedPost[]
}

/** An HTTP server on this machine until the test is over, which takes every post unless it is told to answer otherwise. */
export async function startHook(
  answer: (response: ServerResponse, post: ReceivedPost, count: number) => void = (response) => void response.end(),
): Promise<Hook> {
  const posts: ReceivedPost[] = []
  const server = createServer((request, response) => {
    const receive = async () => {
      const post = { path: request.url ?? '', headers: request.headers, body: await text(request) }
      posts.push(post)
      answer(response, post, posts.length)
    }
    receive().catch((error: Error) => response.destroy(error))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sms`, posts }
}
