import express, { type ErrorRequestHandler, type RequestHandler } from 'express'
import express4 from 'express-4'

/** What is used of them is the same in both, but for the types of what is not. */
export const frameworks: Readonly<Record<string, typeof express>> = {
  'Express 4': express4 as unknown as typeof express,
  'Express 5': express,
}

/** An app behind some middleware that answers what is on the request, or what went wrong. */
export function createApp(framework: typeof express, ...guards: RequestHandler[]): express.Express {
  const app = framework()
  app.use(...guards)
  app.use((req, res) => {
    const { session, sessionClaims, auth } = req as { session?: unknown; sessionClaims?: unknown; auth?: unknown }
    res.json({ ran: true, session, sessionClaims, auth })
  })
  app.use(onError)
  return app
}

type Failure = Error & { statusCode?: number; data?: unknown; reason?: string }

const onError: ErrorRequestHandler = ({ name, message, statusCode, data, reason }: Failure, _req, res, _next) => {
  res.status(statusCode ?? 500).json({ name, message, data, reason })
}
