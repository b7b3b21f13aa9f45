/** What a code says of itself: the HTTP status it always has, and the sentence it has unless the thrower knows more. */
export interface ErrorDefinition {
  status: 400 | 401 | 403 | 404 | 405 | 409 | 410 | 413 | 415 | 422 | 429 | 500 | 501 | 503
  message: string
}

/** Every error the API can answer with. The code is the promise to the caller; status and default message follow from it. */
export const errors = {
  account_transfer_invalid: { status: 400, message: 'there is no account to transfer' },
  api_version_invalid: { status: 400, message: 'the API version is not a date of the form YYYY-MM-DD' },
  authentication_invalid: { status: 401, message: 'no secret key was sent' },
  authorization_header_format_invalid: {
    status: 401,
    message: 'the Authorization header must have the form "Bearer <secret key>"',
  },
  backup_codes_not_available: { status: 400, message: 'backup codes are for who has another second factor' },
  clerk_key_invalid: { status: 401, message: 'the secret key is not one of this instance' },
  client_state_invalid: { status: 400, message: 'this is not the step that is next' },
  cookie_invalid: { status: 400, message: 'the cookie of this browser is not valid any more' },
  dev_browser_unauthenticated: { status: 401, message: 'the token of this browser is not known' },
  duplicate_record: { status: 400, message: 'there is one like it already' },
  expired_session_token_invalid: { status: 401, message: 'the expired token is not a session token of this instance' },
  expired_session_token_missing_azp: {
    status: 401,
    message: 'the expired token does not say which origin it was made for',
  },
  expired_session_token_missing_sid: { status: 401, message: 'the expired token is of no session' },
  feature_not_enabled: { status: 403, message: 'this instance does not have that' },
  form_code_incorrect: { status: 422, message: 'is not the code that was sent' },
  form_conditional_param_disallowed: { status: 422, message: 'cannot be given together with another parameter' },
  form_conditional_param_missing: { status: 422, message: 'is required with another parameter' },
  form_data_missing: { status: 422, message: 'something this instance requires is missing' },
  form_disable_default_second_factor_not_allowed: {
    status: 422,
    message: 'make another number the one that is asked first instead',
  },
  form_email_address_blocked: { status: 403, message: 'is of a kind that cannot be signed up with here' },
  form_identifier_exists: { status: 422, message: 'that identifier is taken' },
  form_identifier_not_found: { status: 422, message: 'there is no account that is known by this' },
  form_invalid_origin: { status: 422, message: 'is not an origin' },
  form_new_password_matches_current: { status: 422, message: 'must differ from the password there is' },
  form_param_array_size_exceeded: { status: 422, message: 'has too many items' },
  form_param_duplicate: { status: 422, message: 'is given more than once' },
  form_param_exceeds_allowed_size: { status: 422, message: 'is too large' },
  form_param_format_invalid: { status: 422, message: 'is not well-formed' },
  form_param_max_length_exceeded: { status: 422, message: 'is too long' },
  form_param_missing: { status: 422, message: 'is required' },
  form_param_type_invalid: { status: 422, message: 'is of the wrong type' },
  form_param_unknown: { status: 422, message: 'is not a parameter of this operation' },
  form_param_value_invalid: { status: 422, message: 'is not an accepted value' },
  form_password_digest_invalid_code: { status: 422, message: 'is not a digest of that hasher' },
  form_password_incorrect: { status: 422, message: 'the password is wrong' },
  form_password_length_too_long: { status: 422, message: 'is too long' },
  form_password_length_too_short: { status: 422, message: 'is too short' },
  form_password_matches_identifier: { status: 422, message: 'must differ from the identifiers of the user' },
  form_password_or_identifier_incorrect: { status: 422, message: 'the password is wrong, or there is no such account' },
  form_password_pwned: { status: 422, message: 'is one of the most common passwords, which are tried first' },
  form_password_size_in_bytes_exceeded: { status: 422, message: 'takes too many bytes' },
  form_resource_not_found: { status: 422, message: 'names something that does not exist' },
  form_username_invalid_character: { status: 422, message: 'has a character that is not allowed' },
  form_username_invalid_length: { status: 422, message: 'has the wrong length' },
  form_verification_needed: { status: 422, message: 'is for verified addresses only' },
  identification_create_second_factor_unverified: {
    status: 400,
    message: 'a number that is not verified cannot be a second factor',
  },
  identification_deletion_failed: { status: 400, message: 'the last that identifies a user cannot be deleted' },
  identification_update_failed: { status: 400, message: 'the last that identifies a user cannot be a second factor' },
  identification_update_second_factor_unverified: {
    status: 400,
    message: 'a number that is not verified cannot be a second factor',
  },
  identifier_already_signed_in: { status: 400, message: 'the user is signed in in this browser already' },
  incorrect_password: { status: 422, message: 'the password is not that of the user' },
  insecure_url: { status: 422, message: 'must begin with https://' },
  internal_clerk_error: { status: 500, message: 'something went wrong on the server' },
  invalid_session_token: { status: 400, message: 'the token does not prove this session' },
  invalid_totp_secret_code: { status: 422, message: 'is not a secret that authenticator applications take' },
  invitation_already_accepted: { status: 400, message: 'the invitation was accepted already' },
  invitation_already_revoked: { status: 400, message: 'the invitation was revoked already' },
  jwt_template_reserved_claim: { status: 400, message: 'has a claim that templates cannot set' },
  last_required_identification_deletion_failed: {
    status: 400,
    message: 'everybody has a verified one here, and this is the last',
  },
  malformed_publishable_key: { status: 400, message: 'the publishable key is not well-formed' },
  malformed_request_parameters: { status: 400, message: 'the query string cannot be read' },
  missing_query_parameter: { status: 400, message: 'a parameter of the query string is missing' },
  multiple_origin_header_values_forbidden: { status: 400, message: 'there is more than one Origin header' },
  no_password_set: { status: 400, message: 'the user has no password' },
  not_allowed_access: { status: 403, message: 'what was given does not let anybody in here' },
  operation_not_implemented: { status: 501, message: 'this server does not serve that operation' },
  origin_authorization_headers_conflict: {
    status: 400,
    message: 'a request has an Origin or an Authorization header, not both',
  },
  origin_invalid: { status: 400, message: 'the origin is not one that this instance serves' },
  origin_missing: { status: 400, message: 'the Origin header is missing' },
  password_required: { status: 400, message: 'without a password nobody could sign in to the account' },
  refresh_request_origin_azp_mismatch: { status: 401, message: 'the expired token was made for another origin' },
  refresh_request_origin_invalid: { status: 401, message: 'request_origin is not the origin of a site' },
  refresh_sid_mismatch: { status: 401, message: 'the expired token is of another session' },
  refresh_token_not_found: { status: 401, message: 'the refresh token is not one of this session' },
  request_body_invalid: { status: 400, message: 'the body cannot be read' },
  request_body_too_large: { status: 413, message: 'the body is too large' },
  request_invalid_for_environment: { status: 400, message: 'the instance is not of the kind this is made for' },
  resource_forbidden: { status: 403, message: 'this is not for you to see' },
  resource_not_found: { status: 404, message: 'not found' },
  revoked_invitation: { status: 400, message: 'the invitation was revoked' },
  service_unavailable: { status: 503, message: 'the service is not available at the moment' },
  session_creation_not_allowed: { status: 409, message: 'a session cannot be created for this user' },
  session_exists: { status: 400, message: 'somebody is signed in in this browser already' },
  session_refresh_expired_session_token_consumed: {
    status: 401,
    message: 'the session was refreshed with these tokens already',
  },
  session_refresh_expired_session_token_missing_iat: {
    status: 401,
    message: 'the expired token does not say when it was issued',
  },
  session_refresh_expired_session_token_too_old: { status: 401, message: 'the token expired too long ago' },
  session_refresh_inactive_session: { status: 401, message: 'the session is over' },
  session_refresh_session_not_found: { status: 401, message: 'there is no such session' },
  session_refresh_session_token_ineligible: { status: 401, message: 'the token has not expired yet' },
  sign_in_token_already_used_code: { status: 400, message: 'the sign-in token was used already' },
  sign_in_token_cannot_be_revoked_code: { status: 400, message: 'the sign-in token is not pending' },
  sign_in_token_revoked_code: { status: 400, message: 'the sign-in token was revoked' },
  sign_up_cannot_be_updated: { status: 403, message: 'the attempt to sign up is over' },
  sign_up_mode_restricted: { status: 403, message: 'only who was invited can sign up here' },
  signed_out: { status: 401, message: 'nobody is signed in in this browser' },
  strategy_for_user_invalid: { status: 400, message: 'there is nothing that this way could prove' },
  ticket_expired_code: { status: 400, message: 'the ticket has expired' },
  ticket_invalid_code: { status: 400, message: 'the ticket is not one of this instance' },
  too_many_requests: { status: 429, message: 'too many requests; try again later' },
  totp_already_enabled: { status: 400, message: 'there is an authenticator application already' },
  unsupported_content_type: { status: 415, message: 'the content type of the body is not supported' },
  user_banned: { status: 403, message: 'the user is banned' },
  user_delete_self_not_enabled: {
    status: 403,
    message: 'this account is deleted by whoever runs the application only',
  },
  user_locked: { status: 403, message: 'the user is locked after too many attempts' },
  verification_already_verified: { status: 400, message: 'the code was accepted already' },
  verification_code_too_many_requests: { status: 429, message: 'a code was sent only just now' },
  verification_expired: { status: 400, message: 'the code has expired' },
  verification_failed: { status: 400, message: 'too many wrong codes were given' },
  verification_missing: { status: 400, message: 'no code was sent yet' },
} as const satisfies Record<string, ErrorDefinition>

/** A key of {@link errors}: throwing a code that is not in the catalogue does not compile. */
export type ErrorCode = keyof typeof errors

/** One entry of the `errors` array on the wire. */
export interface ErrorJSON {
  code: string
  message: string
  long_message: string
  meta?: Record<string, unknown>
}

/** The body of every answer that is not a success. */
export interface ErrorBody {
  errors: ErrorJSON[]
  clerk_trace_id: string
}
