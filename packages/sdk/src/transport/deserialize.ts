import { AllowlistIdentifier } from '../allowlist-identifiers/allowlist-identifier.js'
import { BlocklistIdentifier } from '../blocklist-identifiers/blocklist-identifier.js'
import { Client } from '../clients/client.js'
import { EmailAddress } from '../email-addresses/email-address.js'
import { Email } from '../emails/email.js'
import { Invitation } from '../invitations/invitation.js'
import { camelCased, isObject, type JSONObject } from '../json.js'
import { Logger } from '../logger.js'
import { PhoneNumber } from '../phone-numbers/phone-number.js'
import { Session } from '../sessions/session.js'
import { Token } from '../sessions/token.js'
import { SignInToken } from '../sign-in-tokens/sign-in-token.js'
import { SMSMessage } from '../sms-messages/sms-message.js'
import { TestingToken } from '../testing-tokens/testing-token.js'
import { User } from '../users/user.js'

/** What an object of the API becomes, by its `object`. */
interface Resources {
  allowlist_identifier: AllowlistIdentifier
  blocklist_identifier: BlocklistIdentifier
  client: Client
  email: Email
  email_address: EmailAddress
  invitation: Invitation
  phone_number: PhoneNumber
  session: Session
  sign_in_token: SignInToken
  sms_message: SMSMessage
  testing_token: TestingToken
  token: Token
  total_count: number
  user: User
}

const makers: { [Name in keyof Resources]: (json: JSONObject) => Resources[Name] } = {
  allowlist_identifier: AllowlistIdentifier.fromJSON,
  blocklist_identifier: BlocklistIdentifier.fromJSON,
  client: Client.fromJSON,
  email: Email.fromJSON,
  email_address: EmailAddress.fromJSON,
  invitation: Invitation.fromJSON,
  phone_number: PhoneNumber.fromJSON,
  session: Session.fromJSON,
  sign_in_token: SignInToken.fromJSON,
  sms_message: SMSMessage.fromJSON,
  testing_token: TestingToken.fromJSON,
  token: Token.fromJSON,
  total_count: (json) => Number(json['total_count']),
  user: User.fromJSON,
}

const makerOf: ReadonlyMap<unknown, (json: JSONObject) => unknown> = new Map(Object.entries(makers))

/** What the answer of a route becomes: {@link deserialize} as a type. */
export type Resource<JSON> = JSON extends readonly (infer Item)[]
  ? Resource<Item>[]
  : JSON extends { data: readonly (infer Item)[]; total_count: number }
    ? Resource<Item>[]
    : JSON extends { object: infer Name }
      ? Name extends keyof Resources
        ? Resources[Name]
        : never
      : JSON

/**
 * JSON of the API as resources. A list stays an array, also when it came as a page with its total, which is then to be
 * had from the hidden property `totalCount`. An object that does not say of which kind it is, or is of one that this
 * version does not know, becomes a plain object with names in camelCase.
 */
export function deserialize(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(deserialize)
  if (!isObject(json)) return json
  const { object, data, total_count: totalCount } = json
  const make = makerOf.get(object)
  if (make) return make(json)
  if (Array.isArray(data) && typeof totalCount === 'number') {
    return Object.defineProperty(data.map(deserialize), 'totalCount', { value: totalCount })
  }
  if (object !== undefined) Logger.error(`Unexpected object type: ${object}`)
  return camelCased(json)
}
