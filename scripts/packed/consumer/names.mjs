// Somebody's program that imports every name that 2.6.3 documents or exports. One that is missing is a SyntaxError.
import assert from 'node:assert/strict'
import clerk, {
  AllowlistIdentifier,
  allowlistIdentifiers,
  ClerkExpressRequireSession,
  ClerkExpressWithSession,
  ClerkServerError,
  ClerkWithSession,
  Client,
  clients,
  Email,
  EmailAddress,
  ExternalAccount,
  emails,
  HttpError,
  IdentificationLink,
  Invitation,
  invitations,
  Logger,
  PhoneNumber,
  requireSession,
  Session,
  SMSMessage,
  sessions,
  setClerkApiKey,
  setClerkApiVersion,
  setClerkHttpOptions,
  setClerkServerApiUrl,
  smsMessages,
  User,
  users,
  Verification,
  withSession,
} from '@clerk/clerk-sdk-node'
import Clerk, * as instance from '@clerk/clerk-sdk-node/instance'

const classes = {
  ...{ AllowlistIdentifier, Client, Email, EmailAddress, ExternalAccount, IdentificationLink, Invitation, PhoneNumber },
  ...{ Session, SMSMessage, User, Verification, HttpError, ClerkServerError, Logger },
}
const apis = { allowlistIdentifiers, clients, emails, invitations, sessions, smsMessages, users }
const functions = {
  ...{ ClerkExpressRequireSession, ClerkExpressWithSession, ClerkWithSession, requireSession, withSession },
  ...{ setClerkApiKey, setClerkApiVersion, setClerkHttpOptions, setClerkServerApiUrl },
}

assert(clerk instanceof Clerk)
for (const [name, value] of Object.entries({ ...classes, ...functions })) assert.equal(typeof value, 'function', name)
for (const [name, api] of Object.entries(apis)) assert.equal(api, Reflect.get(clerk, name), name)
for (const [name, value] of Object.entries(classes)) assert.equal(Reflect.get(instance, name), value, name)
console.log('done')
