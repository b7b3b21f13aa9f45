import type { MessagesTable } from '../database/tables/index.js'

type Written = Pick<MessagesTable, 'subject' | 'body' | 'body_plain' | 'channel'>

/** The first six digits of a message that stand alone, which is how a code looks. */
export function codeIn({ body, body_plain, subject, channel }: Written): string | null {
  const texts = [channel === 'email' ? (body_plain ?? withoutTags(body)) : body, subject ?? '']
  for (const text of texts) {
    const code = /(?<![\p{L}\d#+./-])\d{6}(?![\p{L}\d/-])/u.exec(text)?.[0]
    if (code !== undefined) return code
  }
  return null
}

/** The web addresses in a message, each once, in order. */
export function linksIn({ body, body_plain, channel }: Written): string[] {
  const found =
    channel === 'email' && body_plain === null
      ? [...body.matchAll(/\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/gi)].map(([, one = '', two = '']) =>
          unescaped(one || two),
        )
      : [...(body_plain ?? body).matchAll(/\bhttps?:\/\/[^\s<>"']+/gi)].map(([link]) =>
          link.replace(/(?<![.,;:!?)\]])[.,;:!?)\]]+$/, ''),
        )
  return [...new Set(found)].filter((link) => /^https?:\/\//i.test(link) && URL.canParse(link))
}

/**
 * Enough to look for a code; nothing is shown that has gone through it. What is opened and never closed goes on to the
 * end, so that nothing is looked for twice, however often it is opened.
 */
const withoutTags = (html: string) =>
  html.replace(/<(style|script|title)\b[\s\S]*?(?:<\/\1\s*>|$)|<[^>]*(?:>|$)/gi, ' ')

const unescaped = (text: string) => text.replace(/&(?:amp|#38|#x26);/gi, '&')
