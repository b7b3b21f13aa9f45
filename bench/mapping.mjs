// How long does it take to make users of their JSON, beside the parsing of it? Every contender works on the same 500 users in
// each round, one after another, so that what else the machine does falls on each of them.
// Usage: node bench/mapping.mjs [rounds] [users]
import { User } from '@clerk/clerk-sdk-node'
import { median } from './median.mjs'

const rounds = Number(process.argv[2] ?? 101)
const count = Number(process.argv[3] ?? 500)
const passes = 10

process.env['CLERK_API_KEY'] = 'test_bench' // 2.6.3 is not to be loaded without
const { default: deserializer } = await import('clerk-sdk-node-2.6.3/dist/utils/Deserializer.js')
const deserialize = 'default' in deserializer ? deserializer.default : deserializer

/** @param {number} number @param {'email_code' | 'phone_code'} strategy @param {number} at */
const address = (number, strategy, at) => ({
  id: `idn_2aBcDeFgHiJkLmNoPqRsT${strategy}${number}`,
  reserved: false,
  verification: { object: 'verification_otp', status: 'verified', strategy, attempts: 1, expire_at: at + 600_000 },
  linked_to: [],
  created_at: at,
  updated_at: at,
})

/** A user as the API sends one: with an e-mail address, every other one with a phone number, and metadata. */
const users = Array.from({ length: count }, (_, number) => {
  const at = 1_700_000_000_000 + number * 60_000
  const email = {
    object: 'email_address',
    email_address: `ada${number}@example.com`,
    ...address(number, 'email_code', at),
  }
  const phone = {
    object: 'phone_number',
    phone_number: `+1415555${String(number).padStart(4, '0')}`,
    reserved_for_second_factor: false,
    default_second_factor: false,
    ...address(number, 'phone_code', at),
  }
  const image = `https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18yYUJjRGVGZ0hpSiIsInJpZCI6I${number}`
  return {
    object: 'user',
    id: `user_2aBcDeFgHiJkLmNoPqRsT${number}`,
    external_id: null,
    username: number % 3 === 0 ? `ada_${number}` : null,
    first_name: `Ada ${number}`,
    last_name: 'Lovelace',
    locale: null,
    has_image: false,
    image_url: image,
    profile_image_url: image,
    primary_email_address_id: email.id,
    primary_phone_number_id: number % 2 === 0 ? phone.id : null,
    primary_web3_wallet_id: null,
    email_addresses: [email],
    phone_numbers: number % 2 === 0 ? [phone] : [],
    web3_wallets: [],
    passkeys: [],
    external_accounts: [],
    saml_accounts: [],
    enterprise_accounts: [],
    public_metadata: { role: 'editor', team: { id: number, name: 'Analytical Engine' } },
    private_metadata: { customer: `cus_${number}` },
    unsafe_metadata: {},
    password_enabled: true,
    password_last_updated_at: at,
    two_factor_enabled: false,
    totp_enabled: false,
    backup_code_enabled: false,
    mfa_enabled_at: null,
    mfa_disabled_at: null,
    banned: false,
    locked: false,
    lockout_expires_in_seconds: null,
    verification_attempts_remaining: 100,
    delete_self_enabled: true,
    create_organization_enabled: true,
    create_organizations_limit: null,
    bypass_client_trust: false,
    legal_accepted_at: null,
    last_sign_in_at: number % 5 === 0 ? null : at,
    last_active_at: at,
    created_at: at,
    updated_at: at,
  }
})

const text = JSON.stringify(users)
/** @type {typeof users} */
const parsed = JSON.parse(text)

/** @type {[string, () => unknown][]} */
const contenders = [
  ['JSON.parse', () => JSON.parse(text)],
  ['User.fromJSON of each', () => parsed.map((json) => User.fromJSON(json))],
  ['JSON.parse, and User.fromJSON of each', () => JSON.parse(text).map(User.fromJSON)],
  ['deserializer of 2.6.3', () => deserialize(parsed)],
]

/**
 * The CPU time of the whole process for one pass: what the collector does on other threads counts, too.
 *
 * @param {() => unknown} run
 */
function milliseconds(run) {
  const began = process.cpuUsage()
  for (let pass = 0; pass < passes; pass++) run()
  const { user, system } = process.cpuUsage(began)
  return (user + system) / 1000 / passes
}

/** @type {number[][]} */
const figures = []
for (let round = -5; round < rounds; round++) {
  const times = contenders.map(([, run]) => milliseconds(run))
  if (round >= 0) figures.push(times)
}

console.log(
  `medians of ${rounds} rounds of ${passes} × ${count} users (${text.length} characters), Node ${process.version}`,
)
for (const [index, [name]] of contenders.entries()) {
  const time = median(figures.map((times) => Number(times[index])))
  const ratio = median(figures.map((times) => Number(times[index]) / Number(times[0])))
  console.log(name.padEnd(40), `${time.toFixed(3).padStart(8)} ms`, `${ratio.toFixed(3).padStart(7)}×`)
}
