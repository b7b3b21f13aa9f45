import type { CallOptions } from '../transport/abort.js'
import { everyItem } from '../transport/pages.js'
import type { Request } from '../transport/request.js'
import type {
  CreateUserParams,
  UpdateUserParams,
  UserCountParams,
  UserListParams,
  UserMetadataParams,
  VerifyPasswordParams,
} from './params.js'
import type { User } from './user.js'

/**
 * What can be done with users. Every method rejects with an `HttpError` when the API refuses or does not answer, and
 * with `Error('A valid ID is required.')`, before any request, when an id is none.
 */
export class UsersApi {
  readonly #request: Request

  /** @internal */
  constructor(request: Request) {
    this.#request = request
  }

  /** Users, the newest first unless `orderBy` says otherwise. */
  getUserList = (params: UserListParams = {}, options?: CallOptions): Promise<User[]> =>
    this.#request('GET /users', { query: params }, options)

  /** Every user that matches, for `for await`: {@link PageParams} says how. */
  list = (params: UserListParams = {}, options?: CallOptions): AsyncIterable<User> =>
    everyItem(this.getUserList, params, options)

  /** How many users match, all of them when nothing is asked for. */
  getCount = (params: UserCountParams = {}, options?: CallOptions): Promise<number> =>
    this.#request('GET /users/count', { query: params }, options)

  getUser = (userId: string, options?: CallOptions): Promise<User> =>
    this.#request('GET /users/{user_id}', { params: { user_id: userId } }, options)

  /** The addresses count as verified, and the first of each kind as primary. */
  createUser = (params: CreateUserParams = {}, options?: CallOptions): Promise<User> =>
    this.#request('POST /users', { body: params }, options)

  /** Changes what is given and leaves the rest. `null` empties an attribute; `undefined` is the same as leaving it out. */
  updateUser = (userId: string, params: UpdateUserParams = {}, options?: CallOptions): Promise<User> =>
    this.#request('PATCH /users/{user_id}', { params: { user_id: userId }, body: params }, options)

  /** Another name of `updateUser`. */
  update: (userId: string, params?: UpdateUserParams, options?: CallOptions) => Promise<User> = this.updateUser

  /** Merges into the metadata, key by key at every depth; `null` removes a key. */
  updateUserMetadata = (userId: string, params: UserMetadataParams, options?: CallOptions): Promise<User> =>
    this.#request('PATCH /users/{user_id}/metadata', { params: { user_id: userId }, body: params }, options)

  /** Ends the sessions of a user, who cannot sign in any more. */
  banUser = (userId: string, options?: CallOptions): Promise<User> =>
    this.#request('POST /users/{user_id}/ban', { params: { user_id: userId } }, options)

  /** Lifts the ban of a user. */
  unbanUser = (userId: string, options?: CallOptions): Promise<User> =>
    this.#request('POST /users/{user_id}/unban', { params: { user_id: userId } }, options)

  /** Keeps a user from signing in for a while, as too many wrong passwords do. */
  lockUser = (userId: string, options?: CallOptions): Promise<User> =>
    this.#request('POST /users/{user_id}/lock', { params: { user_id: userId } }, options)

  /** Lets a locked user sign in. */
  unlockUser = (userId: string, options?: CallOptions): Promise<User> =>
    this.#request('POST /users/{user_id}/unlock', { params: { user_id: userId } }, options)

  /** Asks whether a password is that of the user. Rejects with an `HttpError` when it is not. */
  verifyPassword = (params: VerifyPasswordParams, options?: CallOptions): Promise<{ verified: true }> =>
    this.#request(
      'POST /users/{user_id}/verify_password',
      { params: { user_id: params?.userId }, body: { password: params?.password } },
      options,
    )

  /** Gives a `User` with the `id` and `deleted: true`. */
  deleteUser = (userId: string, options?: CallOptions): Promise<User> =>
    this.#request('DELETE /users/{user_id}', { params: { user_id: userId } }, options)
}
