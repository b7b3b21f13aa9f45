import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isCrossOrigin, isForeignPage, type RequestTarget } from '../../src/middleware/cross-origin.js'

const forwarded = (forwardedHost: string, forwardedPort?: string): RequestTarget => ({
  ...{ host: 'internal:8080', forwardedHost, forwardedPort },
})

describe('isCrossOrigin', () => {
  test.each<[string, string, RequestTarget]>([
    ['there is no Origin', '', { host: 'app.com' }],
    ['there is neither', '', {}],
    ['the Origin is blank', '  ', { host: 'app.com' }],
    ['the host is the same', 'https://app.com', { host: 'app.com' }],
    ['the scheme is not encrypted', 'http://app.com', { host: 'app.com' }],
    ['the Origin has no scheme', 'app.com', { host: 'app.com' }],
    ['the scheme is another', 'capacitor://localhost', { host: 'localhost' }],
    ['only the case differs', 'https://App.com', { host: 'aPP.COM' }],
    ['there are spaces around', ' https://app.com ', { host: ' app.com ' }],
    ['the port is the same', 'http://app.com:3000', { host: 'app.com:3000' }],
    ['the host names a port that goes without saying', 'https://app.com', { host: 'app.com:443' }],
    ['or that of the other scheme, behind a proxy', 'https://app.com', { host: 'app.com:80' }],
    ['the Origin names the port of its scheme', 'https://app.com:443', { host: 'app.com' }],
    ['the Origin names the port of its scheme, without encryption', 'http://app.com:80', { host: 'app.com' }],
    ['both name a port that goes without saying', 'https://app.com:443', { host: 'app.com:443' }],
    ['the host ends with a colon', 'https://app.com', { host: 'app.com:' }],
    ['it is an address', 'http://127.0.0.1:3000', { host: '127.0.0.1:3000' }],
    ['it is an address of IPv6', 'http://[::1]', { host: '[::1]' }],
    ['it is an address of IPv6 with a port', 'http://[::1]:3000', { host: '[::1]:3000' }],
    ['a proxy was asked for it', 'https://app.com', forwarded('app.com')],
    ['a proxy was asked for it in another case', 'https://app.com', forwarded('APP.com')],
    ['a proxy was asked for it with a port', 'https://app.com:3000', forwarded('app.com:3000')],
    ['the first proxy was asked for it', 'https://app.com', forwarded(' app.com , cache.internal, internal')],
    ['a proxy says the port by itself', 'https://app.com:3000', forwarded('app.com', '3000')],
    ['a proxy says a port that goes without saying', 'https://app.com', forwarded('app.com', '443')],
    ['the first proxy says the port', 'https://app.com', forwarded('app.com', '443, 8080')],
    ['the port of the host goes before that of the proxy', 'https://app.com:3000', forwarded('app.com:3000', '80')],
    ['a proxy says only the port', 'https://app.com:3000', { host: 'app.com', forwardedPort: '3000' }],
    ['a proxy says a port that is none', 'https://app.com', forwarded('app.com', 'junk')],
    ['a proxy says nothing', 'https://app.com', { host: 'app.com', forwardedHost: '', forwardedPort: '' }],
    ['a proxy says nothing first', 'https://app.com', { host: 'app.com', forwardedHost: ' , evil.com' }],
  ])('is false when %s', (_, origin, target) => {
    expect(isCrossOrigin(origin, target)).toBe(false)
  })

  test.each<[string, string, RequestTarget]>([
    ['the host is another', 'https://evil.com', { host: 'app.com' }],
    ['the host only begins alike', 'https://app.com.evil.com', { host: 'app.com' }],
    ['the host only ends alike', 'https://evilapp.com', { host: 'app.com' }],
    ['it is a part of the host', 'https://www.app.com', { host: 'app.com' }],
    ['the Origin is null', 'null', { host: 'app.com' }],
    ['the Origin ends with a slash', 'https://app.com/', { host: 'app.com' }],
    ['the Origin has a user', 'https://app.com@evil.com', { host: 'app.com' }],
    ['the Origin has two ports', 'https://app.com:1:1', { host: 'app.com' }],
    ['there are two Origins', 'https://app.com, https://app.com', { host: 'app.com' }],
    ['the scheme is no word', 'chrome-extension://app.com', { host: 'app.com' }],
    ['only the Origin names a port', 'https://app.com:3000', { host: 'app.com' }],
    ['only the host names a port', 'https://app.com', { host: 'app.com:3000' }],
    ['the ports differ', 'http://app.com:3000', { host: 'app.com:3001' }],
    ['the ports are 80 and 443', 'https://localhost:80', { host: 'localhost:443' }],
    ['the ports are 80 and 443, without encryption', 'http://localhost:80', { host: 'localhost:443' }],
    ['the Origin names the port of the other scheme', 'https://app.com:80', { host: 'app.com' }],
    ['the address of IPv6 is another', 'http://[::1]', { host: '[::2]' }],
    ['there is no Host', 'https://app.com', {}],
    ['the Host is empty', 'https://app.com', { host: '' }],
    ['the Host is a path', 'https://app.com', { host: 'app.com/path' }],
    ['the Host has a user', 'https://app.com', { host: 'evil@app.com' }],
    ['there are two Hosts', 'https://app.com', { host: 'app.com, app.com' }],
    ['a proxy was asked for another', 'https://app.com', { host: 'app.com', forwardedHost: 'evil.com' }],
    ['a proxy was asked for another port', 'https://app.com', forwarded('app.com:3000')],
    ['a proxy says another port', 'https://app.com', forwarded('app.com', '3000')],
    ['a proxy was asked for junk', 'https://app.com', { host: 'app.com', forwardedHost: '@@' }],
  ])('is true when %s', (_, origin, target) => {
    expect(isCrossOrigin(origin, target)).toBe(true)
  })

  test('gives an answer to whatever there is in the headers', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'ahttps:/@[].,:0123 ?#\\'.split('')), maxLength: 30 }),
    )
    const target = fc.record({ host: text, forwardedHost: text, forwardedPort: text }, { requiredKeys: [] })
    fc.assert(
      fc.property(text, target, (origin, headers) => {
        expect(isCrossOrigin(origin, headers)).toBeTypeOf('boolean')
        expect(isForeignPage(origin, headers)).toBeTypeOf('boolean')
      }),
      { numRuns: 5000 },
    )
  })

  // Were the time not linear in the length, this would not end.
  test.each(['a', ':', '1', '/', '[', 'a:', '[:', ',', ' ', 'http://', '%'])('ends for a megabyte of %j', (part) => {
    const long = `${part.repeat(1_000_000 / part.length)}@`
    expect(isCrossOrigin(long, { host: long, forwardedHost: long, forwardedPort: long })).toBe(true)
    expect(isForeignPage(long, { host: long, forwardedHost: long, forwardedPort: long })).toBe(true)
  })
})

describe('isForeignPage', () => {
  test.each<[string, boolean]>([
    ['https://app.com/', false],
    ['https://app.com/path?query#part', false],
    ['http://app.com:80', false],
    ['https://app.com.evil.com/', true],
    ['https://accounts.evil.com/?https://app.com', true],
    ['https://app.com@evil.com/', true],
    ['https://app.com:3000/', true],
    ['about:blank', true],
    ['app.com', true],
    ['junk', true],
  ])('of %s is %s', (referer, isForeign) => {
    expect(isForeignPage(referer, { host: 'app.com' })).toBe(isForeign)
  })
})
