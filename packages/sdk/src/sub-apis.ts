import { AllowlistIdentifiersApi } from './allowlist-identifiers/api.js'
import { BlocklistIdentifiersApi } from './blocklist-identifiers/api.js'
import { ClientsApi } from './clients/api.js'
import { EmailAddressesApi } from './email-addresses/api.js'
import { EmailsApi } from './emails/api.js'
import { InvitationsApi } from './invitations/api.js'
import { JwksApi } from './jwks/api.js'
import { PhoneNumbersApi } from './phone-numbers/api.js'
import { SessionsApi } from './sessions/api.js'
import { SignInTokensApi } from './sign-in-tokens/api.js'
import { SMSMessagesApi } from './sms-messages/api.js'
import { TestingTokensApi } from './testing-tokens/api.js'
import type { Request } from './transport/request.js'
import { UsersApi } from './users/api.js'

/** The operations of the API, by what they are done with. Each part is made when it is first used, and once. */
export class SubApis {
  readonly #request: Request
  readonly #made = new Map<unknown, object>()

  /** @internal */
  constructor(request: Request) {
    this.#request = request
  }

  get allowlistIdentifiers(): AllowlistIdentifiersApi {
    return this.#once(AllowlistIdentifiersApi)
  }

  get blocklistIdentifiers(): BlocklistIdentifiersApi {
    return this.#once(BlocklistIdentifiersApi)
  }

  get clients(): ClientsApi {
    return this.#once(ClientsApi)
  }

  get emailAddresses(): EmailAddressesApi {
    return this.#once(EmailAddressesApi)
  }

  get emails(): EmailsApi {
    return this.#once(EmailsApi)
  }

  get invitations(): InvitationsApi {
    return this.#once(InvitationsApi)
  }

  get jwks(): JwksApi {
    return this.#once(JwksApi)
  }

  get phoneNumbers(): PhoneNumbersApi {
    return this.#once(PhoneNumbersApi)
  }

  get sessions(): SessionsApi {
    return this.#once(SessionsApi)
  }

  get signInTokens(): SignInTokensApi {
    return this.#once(SignInTokensApi)
  }

  get smsMessages(): SMSMessagesApi {
    return this.#once(SMSMessagesApi)
  }

  get testingTokens(): TestingTokensApi {
    return this.#once(TestingTokensApi)
  }

  get users(): UsersApi {
    return this.#once(UsersApi)
  }

  #once<Api extends object>(Api: new (request: Request) => Api): Api {
    const made = this.#made.get(Api) ?? new Api(this.#request)
    this.#made.set(Api, made)
    return made as Api
  }
}
