import type { ServerResponse } from 'node:http'
import { sendJSON, startServer } from './server.js'

export const interstitialPage = '<html><body>bring your cookies up to date</body></html>'

export interface ClerkApi {
  url: string
  /** What was asked for, in order. */
  asked(): ('jwks' | 'interstitial')[]
  requests: readonly { headers: Record<string, string | string[] | undefined> }[]
}

interface Answers {
  jwks?: (response: ServerResponse) => unknown
  interstitial?: (response: ServerResponse, count: number) => unknown
}

/** Plays the two routes of the API that middleware needs. */
export async function startClerkApi(keys: readonly object[], answers: Answers = {}): Promise<ClerkApi> {
  const {
    jwks = (response) => sendJSON(response, { keys }),
    interstitial = (response) => response.writeHead(200, { 'content-type': 'text/html' }).end(interstitialPage),
  } = answers
  const routes: Record<string, Required<Answers>['interstitial']> = {
    '/v1/jwks': jwks,
    '/v1/internal/interstitial': interstitial,
  }
  const { url, requests } = await startServer((response, { url: path }, count) => routes[path]?.(response, count))
  return {
    url,
    requests,
    asked: () => requests.map((request) => (request.url === '/v1/jwks' ? 'jwks' : 'interstitial')),
  }
}
