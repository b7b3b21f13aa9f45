import { describe, expect, test } from 'vitest'
import { kindsOfKeys, openSite, type SiteOptions } from './site.js'
import { unhurried, useBrowser } from './visitor.js'
import { walks } from './walks.js'

/** Lets somebody go through every walk, with keys of both kinds; over https with live ones. A file for each kind of site, so that they run side by side. */
export function walkThrough(name: string, options: Omit<SiteOptions, 'keys' | 'settings'>): void {
  const walk = useBrowser()

  describe.each(options.https ? (['live'] as const) : kindsOfKeys)(`${name}, with %s keys, somebody`, (keys) => {
    test.each(walks)(
      '$sentence',
      async ({ sentence, settings = {}, steps }) => {
        const site = await openSite({ ...options, keys, settings })
        await walk(`${name} ${keys} ${sentence}`, (visitor) => {
          // The page between has this status: a script that asks for a page must not take it for the page.
          if (options.guard !== '@clerk/express') visitor.expect(new RegExp(`^401 for GET ${site.app.url}/(guarded)?$`))
          return steps(site, visitor)
        })
        expect(site.app.log()).toBe('')
      },
      unhurried,
    )
  })
}
