import { describe, expect, test } from 'vitest'
import { kindsOfKeys, openSite } from './site.js'
import { unhurried, useBrowser } from './visitor.js'
import { walks } from './walks.js'

const walk = useBrowser()

// The application has the pages to sign up and in itself, with the version of clerk-js that brings no user interface.
describe.each(kindsOfKeys)('with clerk-js 6 and its user interface, and %s keys, somebody', (keys) => {
  test.each(walks)(
    '$sentence',
    async ({ sentence, settings = {}, steps }) => {
      const site = await openSite({ guard: 'this SDK', keys, clerkJS: '6', ownPages: true, settings })
      await walk(`clerk-js 6 ${keys} ${sentence}`, (visitor) => {
        visitor.expect(new RegExp(`^401 for GET ${site.app.url}/(guarded)?$`))
        return steps(site, visitor)
      })
      expect(site.app.log()).toBe('')
    },
    unhurried,
  )
})
