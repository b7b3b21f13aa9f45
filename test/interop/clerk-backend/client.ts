import type { ClerkClient } from '@clerk/backend'
import { expect } from 'vitest'

/** The newest `@clerk/backend`, and what only older ones have. */
export type Client = ClerkClient & {
  emails: { createEmail(params: object): Promise<Fields> }
  smsMessages: { createSMSMessage(params: object): Promise<Fields> }
  interstitial: { getInterstitial(): Promise<string> }
  debugRequestState(state: unknown): unknown
  localInterstitial(options: object): string
  remotePublicInterstitial(options: object): Promise<string>
  remotePublicInterstitialUrl(options: object): string
  remotePrivateInterstitial(): Promise<string>
  verifyToken(token: string, options?: object): Promise<Fields>
  base: { verifySessionToken(token: string, options?: object): Promise<Fields> }
}

type Fields = Record<string, unknown>

type List<Item> = { data: Item[]; totalCount: number }

/** What is in a list: 0.38 gives the bare list, its successors a page with a total. */
export function itemsOf<Item>(answer: List<Item> | Item[]): Item[] {
  if (Array.isArray(answer)) return answer
  expect(answer.totalCount).toBeGreaterThanOrEqual(answer.data.length)
  return answer.data
}

/** A resource of the client's own class, with these fields and values. Bundlers put a line before some names. */
export function expectResource(resource: object, kind: string, fields: object): void {
  expect(resource.constructor.name.replace(/^_/, '')).toBe(kind)
  expect(resource).toMatchObject(fields)
}
