import { IncomingMessage, ServerResponse } from 'node:http'
import { Duplex } from 'node:stream'
import express from 'express'

const apiKey = 'sk_test_aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789aBcDeF'

/** @typedef {{ tokens: string[], jwtKey: string, url: string }} Given tokens, their key, and where it is published */
/** @typedef {(request: any) => unknown} WhoIs gives the id of the user that a middleware found */

/** An Express 5 app with each middleware, and with none. Its one handler answers 200 to a user whom it knows. */
export const contenders = {
  none: (/** @type {Given} */ given) => requests(given, [], () => true),
  ours: async (/** @type {Given} */ given) => {
    const { default: Clerk } = await import('@clerk/clerk-sdk-node/instance')
    const clerk = new Clerk({ apiKey, jwtKey: given.jwtKey })
    return requests(given, [clerk.expressWithSession()], ({ session }) => session?.userId)
  },
  '2.6.3': async (/** @type {Given} */ given) => {
    const { default: original } = await import('clerk-sdk-node-2.6.3/instance.js')
    const clerk = new original.default({ apiKey, serverApiUrl: given.url })
    return requests(given, [clerk.expressWithSession()], ({ session }) => session?.userId)
  },
  '@clerk/express': async (/** @type {Given} */ given) => {
    const { clerkMiddleware, getAuth } = await import('@clerk/express')
    const publishableKey = `pk_test_${Buffer.from('clerk.example.com$').toString('base64')}`
    const options = { publishableKey, secretKey: apiKey, jwtKey: given.jwtKey, apiUrl: given.url }
    return requests(given, [clerkMiddleware(options)], (request) => getAuth(request).userId)
  },
}

/**
 * Makes one request after another, each with the next token.
 *
 * @param {Given} given
 * @param {any[]} middleware
 * @param {WhoIs} whoIs
 */
function requests({ tokens }, middleware, whoIs) {
  const app = express()
  for (const handler of middleware) app.use(handler)
  app.get('/', (request, response) => void response.status(whoIs(request) ? 200 : 401).end())
  let place = 0
  return () => request(app, `Bearer ${tokens[place++ % tokens.length]}`)
}

/**
 * A request as `node:http` hands it to a server, without the bytes on the wire.
 *
 * @param {import('express').Express} app
 * @param {string} authorization
 */
function request(app, authorization) {
  const message = new IncomingMessage(nowhere)
  Object.assign(message, { method: 'GET', url: '/', httpVersionMajor: 1, httpVersionMinor: 1, httpVersion: '1.1' })
  message.headers = { host: 'app.example.com', 'user-agent': 'curl/8.5.0', accept: '*/*', authorization }
  message.push(null)
  const response = new ServerResponse(message)
  response.assignSocket(nowhere)
  return new Promise((resolve, reject) => {
    response.on('finish', () => {
      response.detachSocket(nowhere)
      if (response.statusCode === 200) resolve(undefined)
      else reject(new Error(`Response code ${response.statusCode}`))
    })
    app(message, response)
  })
}

/** @type {any} A connection to nobody. */
const nowhere = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() })
