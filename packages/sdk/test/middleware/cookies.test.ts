import { describe, expect, test } from 'vitest'
import { readCookies } from '../../src/middleware/cookies.js'

describe('readCookies', () => {
  test.each([
    ['no cookies', '', '', ''],
    ['both', '__session=a.b.c; __client_uat=5', 'a.b.c', '5'],
    ['no space between', 'x=1;__client_uat=5;__session=a', 'a', '5'],
    ['many spaces', 'x=1;    __client_uat=5;   __session=a', 'a', '5'],
    ['spaces in front', '   __session=a', 'a', ''],
    ['a space behind, which belongs to the value', '__client_uat=0 ; __session=a', 'a', '0 '],
    ['an equals sign in the value', '__session=a=b=c', 'a=b=c', ''],
    ['quotes, which belong to the value', '__session="a"', '"a"', ''],
    ['percent signs, which mean nothing', '__session=%00%ff%zz; __client_uat=%30', '%00%ff%zz', '%30'],
    ['the name twice: the first counts', '__session=a; __session=b; __client_uat=1; __client_uat=2', 'a', '1'],
    ['the name twice, and the first is empty', '__session=; __session=b', '', ''],
    ['names that only end or begin alike', 'x__session=a; __session_x=b; __sessio=c; __session =d', '', ''],
    ['another case', '__SESSION=a', '', ''],
    ['the name in the value of another', 'x=__session=a; y= __client_uat=1', '', ''],
    ['a tab, which is no space', 'x=1;\t__session=a', '', ''],
    ['200 others', `${'a=b; '.repeat(200)}__session=a; __client_uat=1`, 'a', '1'],
    ['nothing but semicolons', ';;; ;;', '', ''],
    ['no value', '__session', '', ''],
  ])('of %s', (_, header, session, clientUat) => {
    expect(readCookies(header)).toEqual({ session, clientUat })
  })

  // Were the time not linear in the length, this would not end.
  test.each([' ', ';', '; ', '__session', '; __session', '__session ', '; __client_ua', ' __session='])(
    'ends for a megabyte of %j',
    (part) => {
      const { session, clientUat } = readCookies(`${part.repeat(1_000_000 / part.length)}x`)
      expect(clientUat).toBe('')
      expect(session.length).toBeLessThan(1_000_000)
    },
  )
})
