import type { ListedIdentifiersTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'

/** What an identifier on a list stands for. */
export type Pattern = Pick<ListedIdentifiersTable, 'identifier_type' | 'pattern'>

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
const domain = `${label}(?:\\.${label})+`

interface Form extends Pick<Pattern, 'identifier_type'> {
  form: RegExp
  /** The one spelling that is compared. */
  normalise(text: string): string
}

const lowerCase = (text: string) => text.toLowerCase()
const withoutPunctuation = (text: string) => text.replace(/[\s().-]/g, '')

/** Every form an identifier may have. An asterisk stands for a whole local part or whole labels, elsewhere for itself. */
const forms: Form[] = [
  {
    // The same in the words of 2022.
    form: new RegExp(`^\\*\\.${domain}$`, 'i'),
    identifier_type: 'email_address',
    normalise: (text) => lowerCase(text).replace(/^\*\./, '*@'),
  },
  {
    form: new RegExp(`^\\*@(?:${domain}|\\*(?:\\.${label})+)$`, 'i'),
    identifier_type: 'email_address',
    normalise: lowerCase,
  },
  {
    form: new RegExp(`^(?!\\*@)[a-z0-9_'+.*-]+@${domain}$`, 'i'),
    identifier_type: 'email_address',
    normalise: lowerCase,
  },
  {
    form: /^\+[\s().-]*[1-9](?:[\s().-]*\d){7,14}[\s().-]*$/,
    identifier_type: 'phone_number',
    normalise: withoutPunctuation,
  },
  { form: /^0x[0-9a-f]{40}$/i, identifier_type: 'web3_wallet', normalise: lowerCase },
]

/**
 * Reads an identifier for a list.
 *
 * @throws ApiError `form_param_format_invalid` for a text that stands for nobody
 */
export function patternOf(identifier: string): Pattern {
  const known = forms.find(({ form }) => form.test(identifier))
  if (!known) {
    throw new ApiError('form_param_format_invalid', {
      param: 'identifier',
      message:
        'must be an e-mail address, a phone number such as +14155550123, a wallet such as 0x… with 40 digits, ' +
        '*@example.com for a domain, or *@*.example.com for what is below it',
    })
  }
  return { identifier_type: known.identifier_type, pattern: known.normalise(identifier) }
}

/** Every pattern that an e-mail address or a phone number is on a list by, in the form they have on the lists. */
export function patternsFor(identifier: string): string[] {
  const at = identifier.lastIndexOf('@')
  if (at < 0) return [identifier]
  const labels = identifier.slice(at + 1).split('.')
  const above = labels.slice(1).map((_, index) => `*@*.${labels.slice(index + 1).join('.')}`)
  return [identifier, `*@${labels.join('.')}`, ...above]
}
