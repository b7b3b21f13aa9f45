import type { RouteKey } from '../route.js'

/**
 * Operations of the official Frontend API (version 2026-05-12) that are not served: they answer 501 and name themselves.
 * Where a path fits two of them, the one that is spelt out stands first.
 */
export const unservedFrontendOperations = [
  'GET /account_portal',

  'GET /agents/tasks',

  'GET /billing/plans',
  'GET /billing/plans/{planIdOrSlug}',

  'GET /clear-site-data',

  'GET /client/link',

  'POST /client/sessions/{session_id}/verify',
  'POST /client/sessions/{session_id}/verify/attempt_first_factor',
  'POST /client/sessions/{session_id}/verify/attempt_second_factor',
  'POST /client/sessions/{session_id}/verify/prepare_first_factor',
  'POST /client/sessions/{session_id}/verify/prepare_second_factor',

  'GET /client/sync',

  'POST /client/trusted_devices/validate',

  'GET /dev_browser/init',
  'POST /dev_browser/set_first_party_cookie',

  'GET /enterprise_connections/{enterpriseConnectionID}/init_test_run',
  'GET /enterprise_connections/{enterpriseConnectionID}/test_runs/{testRunID}',

  'GET /health',

  'POST /me/billing/checkouts',
  'GET /me/billing/checkouts/{checkoutID}',
  'PATCH /me/billing/checkouts/{checkoutID}',
  'PATCH /me/billing/checkouts/{checkoutID}/confirm',
  'PUT /me/billing/payers/default_payment_method',
  'GET /me/billing/payment_attempts',
  'GET /me/billing/payment_attempts/{paymentAttemptID}',
  'GET /me/billing/payment_methods',
  'POST /me/billing/payment_methods',
  'POST /me/billing/payment_methods/initialize',
  'DELETE /me/billing/payment_methods/{paymentMethodID}',
  'GET /me/billing/statements',
  'GET /me/billing/statements/{statementID}',
  'GET /me/billing/subscription',
  'GET /me/billing/subscription_items',
  'DELETE /me/billing/subscription_items/{subscriptionItemID}',

  'GET /me/enterprise_connections',
  'POST /me/enterprise_connections',
  'PATCH /me/enterprise_connections/{enterprise_connection_id}',
  'DELETE /me/enterprise_connections/{enterprise_connection_id}',
  'GET /me/enterprise_connections/{enterprise_connection_id}/test_runs',
  'POST /me/enterprise_connections/{enterprise_connection_id}/test_runs',

  'POST /me/external_accounts',
  'DELETE /me/external_accounts/{external_account_id}',
  'PATCH /me/external_accounts/{external_account_id}/reauthorize',
  'DELETE /me/external_accounts/{external_account_id}/tokens',

  'GET /me/oauth/consent/{client_id}',
  'POST /me/oauth/consent/{client_id}',

  'GET /me/organization_creation_defaults',

  'GET /me/organization_invitations',
  'POST /me/organization_invitations/{invitation_id}/accept',

  'GET /me/organization_memberships',
  'DELETE /me/organization_memberships/{organization_id}',

  'GET /me/organization_suggestions',
  'POST /me/organization_suggestions/{suggestion_id}/accept',

  'POST /me/passkeys',
  'GET /me/passkeys/{passkey_id}',
  'PATCH /me/passkeys/{passkey_id}',
  'DELETE /me/passkeys/{passkey_id}',
  'POST /me/passkeys/{passkey_id}/attempt_verification',

  'POST /me/profile_image',
  'DELETE /me/profile_image',

  'POST /me/tokens',

  'GET /me/trusted_devices',
  'POST /me/trusted_devices/attempt',
  'POST /me/trusted_devices/prepare',
  'DELETE /me/trusted_devices/{trusted_device_id}',

  'GET /me/web3_wallets',
  'POST /me/web3_wallets',
  'GET /me/web3_wallets/{web3_wallet_id}',
  'DELETE /me/web3_wallets/{web3_wallet_id}',
  'POST /me/web3_wallets/{web3_wallet_id}/attempt_verification',
  'POST /me/web3_wallets/{web3_wallet_id}/prepare_verification',

  'GET /oauth_callback',
  'POST /oauth_callback',

  'POST /organizations',
  'GET /organizations/{organization_id}',
  'PATCH /organizations/{organization_id}',
  'DELETE /organizations/{organization_id}',

  'POST /organizations/{organizationID}/billing/checkouts',
  'GET /organizations/{organizationID}/billing/checkouts/{checkoutID}',
  'PATCH /organizations/{organizationID}/billing/checkouts/{checkoutID}',
  'PATCH /organizations/{organizationID}/billing/checkouts/{checkoutID}/confirm',
  'PUT /organizations/{organizationID}/billing/payers/default_payment_method',
  'GET /organizations/{organizationID}/billing/payment_methods',
  'POST /organizations/{organizationID}/billing/payment_methods',
  'POST /organizations/{organizationID}/billing/payment_methods/initialize',
  'DELETE /organizations/{organizationID}/billing/payment_methods/{paymentMethodID}',
  'GET /organizations/{organizationID}/billing/statements',
  'GET /organizations/{organizationID}/billing/statements/{statementID}',
  'GET /organizations/{organizationID}/billing/subscription',
  'GET /organizations/{organizationID}/billing/subscription_items',
  'DELETE /organizations/{organizationID}/billing/subscription_items/{subscriptionItemID}',

  'GET /organizations/{organization_id}/domains',
  'POST /organizations/{organization_id}/domains',
  'POST /organizations/{organization_id}/domains/attempt_ownership_verification/bulk',
  'POST /organizations/{organization_id}/domains/bulk',
  'POST /organizations/{organization_id}/domains/prepare_ownership_verification/bulk',
  'GET /organizations/{organization_id}/domains/{domain_id}',
  'DELETE /organizations/{organization_id}/domains/{domain_id}',
  'POST /organizations/{organization_id}/domains/{domain_id}/attempt_affiliation_verification',
  'POST /organizations/{organization_id}/domains/{domain_id}/attempt_ownership_verification',
  'POST /organizations/{organization_id}/domains/{domain_id}/prepare_affiliation_verification',
  'POST /organizations/{organization_id}/domains/{domain_id}/prepare_ownership_verification',
  'POST /organizations/{organization_id}/domains/{domain_id}/update_enrollment_mode',

  'GET /organizations/{organizationID}/enterprise_connections',
  'POST /organizations/{organizationID}/enterprise_connections',
  'PATCH /organizations/{organizationID}/enterprise_connections/{enterprise_connection_id}',
  'DELETE /organizations/{organizationID}/enterprise_connections/{enterprise_connection_id}',
  'GET /organizations/{organizationID}/enterprise_connections/{enterprise_connection_id}/test_runs',
  'POST /organizations/{organizationID}/enterprise_connections/{enterprise_connection_id}/test_runs',

  'GET /organizations/{organization_id}/invitations',
  'POST /organizations/{organization_id}/invitations',
  'POST /organizations/{organization_id}/invitations/bulk',
  'GET /organizations/{organization_id}/invitations/pending',
  'POST /organizations/{organization_id}/invitations/{invitation_id}/revoke',

  'PUT /organizations/{organization_id}/logo',
  'DELETE /organizations/{organization_id}/logo',

  'GET /organizations/{organization_id}/membership_requests',
  'POST /organizations/{organization_id}/membership_requests/{request_id}/accept',
  'POST /organizations/{organization_id}/membership_requests/{request_id}/reject',

  'GET /organizations/{organization_id}/memberships',
  'POST /organizations/{organization_id}/memberships',
  'PATCH /organizations/{organization_id}/memberships/{user_id}',
  'DELETE /organizations/{organization_id}/memberships/{user_id}',

  'GET /organizations/{organization_id}/roles',

  'GET /proxy-health',

  'GET /redirect',

  'POST /saml/acs/{saml_connection_id}',
  'GET /saml/metadata/{saml_connection_id}.xml',

  'GET /verify',

  'POST /waitlist',
] as const satisfies readonly RouteKey[]
