import { describe, expect, test } from 'vitest'
import { guards } from './application.js'
import { kindsOfKeys, openSite } from './site.js'
import { unhurried, useBrowser } from './visitor.js'
import { walks } from './walks.js'

const walk = useBrowser()

describe.each(guards)('behind %s', (guard) => {
  describe.each(kindsOfKeys)('with %s keys, somebody', (keys) => {
    test.each(walks)(
      '$sentence',
      async ({ sentence, settings = {}, steps }) => {
        const site = await openSite({ guard, keys, settings })
        await walk(`${guard} ${keys} ${sentence}`, (visitor) => {
          // The page between has this status: a script that asks for a page must not take it for the page.
          if (guard !== '@clerk/express') visitor.expect(new RegExp(`^401 for GET ${site.app.url}/(guarded)?$`))
          return steps(site, visitor)
        })
        expect(site.app.log()).toBe('')
      },
      unhurried,
    )
  })
})
