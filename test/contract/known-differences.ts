/** What the contract has otherwise than the official description, and why that is right here. */
export const knownDifferences: readonly { difference: RegExp; because: string }[] = [
  {
    difference:
      /answer .*\b(web3_wallets|passkeys|external_accounts|saml_accounts|enterprise_accounts)\.\[\]\.[^.]+: missing$/,
    because: 'no operation that is served creates one: the lists are empty',
  },
  {
    difference:
      /answer .*\bverification\.(channel|verified_at_client|error|external_verification_redirect_url): missing$/,
    because: 'they are of proofs that no operation gives: by other services, or in a browser',
  },
  {
    difference: /answer (.*\.)?(matches_sso_connection|saml_connection|enterprise_connection): missing$/,
    because: 'optional; there are no connections',
  },
  { difference: /answer (.*\.)?backup_codes: missing$/, because: 'optional; there are no backup codes' },
  {
    difference: /answer (\[\]\.)?(organization_memberships|deprovisioned|scim): missing$/,
    because: 'optional; there are no organizations and no directories',
  },
  {
    difference: /answer (.*\.)?(latest_activity|tasks): missing$/,
    because: 'optional; nothing of them is known of a session',
  },
  {
    difference: /^DELETE .* answer (slug|external_id): missing$/,
    because: 'optional; the object that is deleted has none',
  },
  {
    difference: /^GET \/jwks answer keys\.\[\]\.[^.]+: missing$/,
    because: 'they are of keys that are not RSA, or private',
  },
  { difference: /status 402: missing$/, because: 'nothing is paid for here' },
  { difference: /^POST \/users status 403: missing$/, because: 'there is no limit on how many users there are' },
  {
    difference: /^(GET|POST|PATCH|DELETE|PUT) \S*\/(email_address|phone_number)\S* status 403: missing$/,
    because: 'a secret key may do everything',
  },
  {
    difference: /^POST \/users\/\{user_id\}\/(lock|unlock|remove_password) status 403: missing$/,
    because: 'every instance has locks and passwords',
  },
  { difference: /^POST \/sign_in_tokens status 403: missing$/, because: 'every instance has sign-in tokens' },
  {
    difference: /^DELETE \/jwt_templates\/\{template_id\} status 403: missing$/,
    because: 'every template can be deleted',
  },
  { difference: /status 409: missing$/, because: 'changes of one user wait for one another' },
  { difference: /^GET \/clients status 410: missing$/, because: 'the list is still served; 2.6.3 asks for it' },
  {
    difference: /^PATCH \/users\/\{user_id\} body (public|private|unsafe)_metadata: more$/,
    because: 'they were parameters up to 2026-05-12, and are to clients of that time',
  },
  {
    difference: /^GET \/sessions query status: enum /,
    because: 'a session can be pending, so that pending ones can be asked for',
  },
  {
    difference: /^POST \/sessions\/\{session_id\}\/refresh query suffixed_cookies: more$/,
    because: '@clerk/backend sends it in the query',
  },
  { difference: /^GET \/blocklist_identifiers query (limit|offset): more$/, because: 'the answer is a page of a list' },
  {
    difference: /^PATCH \/instance body enhanced_email_deliverability: more$/,
    because: 'it was a parameter of versions before, and @clerk/backend sends it',
  },
  {
    difference: /^PATCH \/instance\/restrictions body ignore_dots_for_gmail_addresses: more$/,
    because: 'it was a parameter of versions before, and @clerk/backend sends it',
  },
  {
    difference: /^PATCH \/jwt_templates\/\{template_id\} body (name|claims): required true, ours false$/,
    because: 'what is not given stays as it is, as it does everywhere else',
  },
  {
    difference: /^GET \/public\/interstitial query (is_satellite|clerk_js_version): more$/,
    because: '@clerk/clerk-sdk-node 4 sends them',
  },
]
