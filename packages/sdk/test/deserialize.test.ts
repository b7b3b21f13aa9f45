import { describe, expect, test, vi } from 'vitest'
import { Session } from '../src/sessions/session.js'
import { Token } from '../src/sessions/token.js'
import { deserialize } from '../src/transport/deserialize.js'
import { User } from '../src/users/user.js'

describe('deserialize', () => {
  test('makes the class that `object` names, one for each of a list', () => {
    expect(
      deserialize([
        { object: 'user', id: 'a' },
        { object: 'session', id: 'b' },
      ]),
    ).toStrictEqual([new User({ id: 'a' }), new Session({ id: 'b' })])
    expect(deserialize({ object: 'token', jwt: 'x' })).toStrictEqual(new Token({ jwt: 'x' }))
    expect(deserialize({ object: 'total_count', total_count: 3 })).toBe(3)
  })

  test('gives a page as its list, with a hidden total', () => {
    const list = deserialize({ data: [{ object: 'session', id: 's' }], total_count: 9 })
    expect(list).toStrictEqual([new Session({ id: 's' })])
    expect(list).toHaveProperty('totalCount', 9)
    expect(Object.keys(list as object)).toEqual(['0'])
  })

  test('gives an object it does not know in camelCase, and logs it', () => {
    vi.stubEnv('CLERK_LOGGING', 'true')
    const error = vi.spyOn(console, 'error').mockReturnValue()
    expect(deserialize({ object: 'constructor', some_thing: { in_side: 1 } })).toEqual({
      object: 'constructor',
      someThing: { in_side: 1 },
    })
    expect(error).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ message: 'Unexpected object type: constructor' }),
    )
    error.mockRestore()
    vi.unstubAllEnvs()
  })
})
