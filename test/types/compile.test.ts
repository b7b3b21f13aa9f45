import { beforeAll, describe, expect, test, vi } from 'vitest'
import { type Changes, openProject, type Project } from './project.js'

const routes = 'packages/contract/src/backend/users.ts'
const shape = 'packages/contract/src/backend/user.ts'
const usersBackend = 'packages/server/src/users/backend.ts'
const usersParameters = 'packages/server/src/users/parameters.ts'
const usersApi = 'packages/sdk/src/users/api.ts'
const userClass = 'packages/sdk/src/users/user.ts'

// The first compilation of a package takes several seconds of a processor, and there may be little of it to have.
vi.setConfig({ testTimeout: 120_000 })

/** What stops compiling: in which file, and what the compiler says of it. */
interface Refusal {
  change: Changes
  in: string
  saying: string
}

function expectRefusal(project: Project, { change, in: file, saying }: Refusal): void {
  const complaints = project.check(change)
  expect(complaints.filter((complaint) => !complaint.startsWith(`${file}: `))).toEqual([])
  expect(complaints.join('\n')).toContain(saying)
}

test('the contract does not compile when a route promises an error code that the catalogue does not have', () => {
  expectRefusal(openProject('packages/contract/tsconfig.json'), {
    change: { [routes]: [/errors: \['resource_not_found'\]/, "errors: ['resource_not_fuond']"] },
    in: routes,
    saying: '"resource_not_fuond"',
  })
})

describe('the server', () => {
  let server: Project
  beforeAll(() => {
    server = openProject('packages/server/tsconfig.json')
  })

  test('compiles as it is', () => {
    expect(server.check()).toEqual([])
  })

  test('does not compile when its view forgets a field of User in the contract', () => {
    expectRefusal(server, {
      change: { [shape]: [/const User = z\s*\.object\(\{/, '$& shoe_size: z.int(),'] },
      in: 'packages/server/src/users/view.ts',
      saying: "Property 'shoe_size' is missing in type",
    })
  })

  test('does not compile when a resource leaves a route of the contract unserved', () => {
    const route = "'POST /users/{user_id}/hug': { summary: 'Hug a user', returns: User },"
    expectRefusal(server, {
      change: { [routes]: [/const users = table\(\{/, `$& ${route}`] },
      in: usersBackend,
      saying: "Property ''POST /users/{user_id}/hug'' is missing in type",
    })
  })

  test('does not compile when no resource serves a route of the contract', () => {
    const route = "'GET /shoes': { summary: 'List shoes', returns: z.array(User) },"
    expectRefusal(server, {
      change: { [routes]: [/const users = table\(\{/, `$& ${route}`] },
      in: 'packages/server/src/backend.ts',
      saying: "Property ''GET /shoes'' is missing in type",
    })
  })

  test('does not compile when it serves a route that the contract does not have', () => {
    expectRefusal(server, {
      change: { [usersBackend]: [/'GET \/users\/count'/, "'GET /users/cuont'"] },
      in: usersBackend,
      saying: "'GET /users/cuont'' does not exist in type",
    })
  })

  test('does not compile when it throws an error code that the catalogue does not have', () => {
    expectRefusal(server, {
      change: { [usersParameters]: [/new ApiError\('form_data_missing'/, "new ApiError('form_data_mising'"] },
      in: usersParameters,
      saying: '"form_data_mising"',
    })
  })
})

describe('the SDK', () => {
  let sdk: Project
  beforeAll(() => {
    sdk = openProject('packages/sdk/tsconfig.json')
  })

  test('compiles as it is', () => {
    expect(sdk.check()).toEqual([])
  })

  test('does not compile when it has no attribute for a field of User in the contract', () => {
    expectRefusal(sdk, {
      change: { [shape]: [/const User = z\s*\.object\(\{/, '$& shoe_size: z.int(),'] },
      in: userClass,
      saying: "Types of property 'shoe_size' are incompatible",
    })
  })

  test('does not compile when an attribute gets a field of another type', () => {
    expectRefusal(sdk, {
      change: { [userClass]: [/this\.banned = json\.banned/, 'this.banned = json.id'] },
      in: userClass,
      saying: 'is not assignable to type',
    })
  })

  test('does not compile when it reads a field that the contract does not have', () => {
    expectRefusal(sdk, {
      change: { [userClass]: [/this\.banned = json\.banned/, 'this.banned = json.band'] },
      in: userClass,
      saying: "Property 'band' does not exist on type",
    })
  })

  test('does not compile when it misspells a route', () => {
    expectRefusal(sdk, {
      change: { [usersApi]: [/'GET \/users\/\{user_id\}'/, "'GET /user/{user_id}'"] },
      in: usersApi,
      saying: '"GET /user/{user_id}"',
    })
  })

  test('does not compile when it misspells a parameter of the path', () => {
    expectRefusal(sdk, {
      change: { [usersApi]: [/params: \{ user_id: userId \}/, 'params: { id: userId }'] },
      in: usersApi,
      saying: "'id' does not exist in type",
    })
  })

  test('does not compile when it calls a route that the contract no longer has', () => {
    expectRefusal(sdk, {
      change: { [routes]: [/'DELETE \/users\/\{user_id\}'/, "'DELETE /people/{user_id}'"] },
      in: usersApi,
      saying: '"DELETE /users/{user_id}"',
    })
  })
})
