import { z } from 'zod'
import { rule } from './rules.js'

/** Characters a URL may have: visible ASCII (RFC 3986), without the backslash, which browsers read as a slash. */
const visible = '[\\x21-\\x5b\\x5d-\\x7e]'
const host = '(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\\[[0-9a-f:.]+\\])(?::\\d{1,5})?'

/** A host is spelt out, and nothing stands before it: `https:e`, `//e`, `https://you@e` lead where nobody would think. */
const webUrl = new RegExp(`^https?://${host}(?:[/?#]${visible}*)?$`, 'i')
const webOrigin = new RegExp(`^https?://${host}$`)

/** Schemes that run or read something where they are followed. */
const appScheme = '(?!(?:https?|javascript|vbscript|data|file|blob|about):)[a-z][a-z0-9+.-]*'
const appUrl = new RegExp(`^${appScheme}://(?![^/?#]*@)${visible}+$`, 'i')
const appOrigin = new RegExp(`^${appScheme}://[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?(?::\\d{1,5})?$`)

const parses = (value: string) => z.url().safeParse(value).success

const webUrlOf = (length: number) =>
  z
    .string()
    .max(length)
    .refine(
      (value) => webUrl.test(value) && parses(value),
      rule(
        'form_param_format_invalid',
        'must be an absolute http or https URL in ASCII, such as https://example.com/welcome',
      ),
    )

/** An absolute `http` or `https` URL that every reader takes for the same place. */
export const WebUrl = webUrlOf(2048)

/** The same for the address of a page that somebody is on, which may have a long query. */
export const PageUrl = webUrlOf(8192)

/** The same, or a URL of an application's own scheme, such as `my-app://oauth-callback`. */
export const AppUrl = z
  .string()
  .max(2048)
  .refine(
    (value) => appUrl.test(value) || (webUrl.test(value) && parses(value)),
    rule(
      'form_param_format_invalid',
      'must be an absolute URL in ASCII, such as https://example.com/callback or my-app://callback',
    ),
  )

const withoutDefaultPort = (origin: string) => origin.replace(/^(http:.*):80$|^(https:.*):443$/, '$1$2')

/** What browsers send as `Origin` (RFC 6454): scheme, host, and a port that is not the scheme's own. */
export const Origin = z
  .string()
  .trim()
  .toLowerCase()
  .overwrite(withoutDefaultPort)
  .max(2048)
  .refine(
    (value) => (webOrigin.test(value) && parses(value)) || appOrigin.test(value),
    rule('form_invalid_origin', 'must be an origin such as https://app.example.com, without a path'),
  )
