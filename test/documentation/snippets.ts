import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A piece of code of the documentation, as a module that can be compiled. */
export interface Snippet {
  /** Its place in the documentation, from 1. */
  number: number
  /** The extension says the language, and what kind of module it is. */
  file: string
  code: string
}

/** What a snippet needs, because it takes something for granted or is not quite its language. */
interface Mending {
  because: string
  /** Put in front of it. */
  before?: string
  /** Each must be found. */
  replace?: readonly [what: string, by: string][]
  /** Put behind it. */
  after?: string
}

const declares = (...names: string[]): string => names.map((name) => `declare const ${name}: string;\n`).join('')

const importClerk = "import clerk from '@clerk/clerk-sdk-node';\n"
const importNext = "import type { NextApiRequest, NextApiResponse } from 'next';\n"
const anApp = "import express from 'express';\nconst app = express();\n"

const takesClerk: Mending = { because: 'takes the instance for granted', before: importClerk }
const takesApp: Mending = { because: 'takes the application for granted', before: anApp }

/** In JavaScript a name is declared by a comment that says its type. */
const declaresInJavaScript = (...names: string[]): Mending => ({
  because: `takes ${names.join(', ')} for granted`,
  before: names.map((name) => `const ${name} = /** @type {string} */ ('');\n`).join(''),
})

const mendings: Readonly<Record<number, Mending>> = {
  1: {
    because: 'takes the class and the key for granted, and lacks the braces around headers',
    before: `import Clerk from '@clerk/clerk-sdk-node/instance';\n${declares('apiKey')}`,
    replace: [
      ['httpOptions: headers: {', 'httpOptions: { headers: {'],
      ['}});', '}}});'],
    ],
  },
  4: declaresInJavaScript('fromEmailName', 'subject', 'body', 'emailAddressId'),
  5: declaresInJavaScript('clientId'),
  7: declaresInJavaScript('message', 'phoneNumberId'),
  8: takesClerk,
  9: {
    because: 'takes the function for granted',
    before: "import { createAllowlistIdentifier } from '@clerk/clerk-sdk-node';\n",
  },
  10: {
    because: 'takes the function for granted',
    before: "import { deleteAllowlistIdentifier } from '@clerk/clerk-sdk-node';\n",
  },
  11: takesClerk,
  12: { ...takesClerk, because: 'declares clientID and uses clientId', replace: [['clientID', 'clientId']] },
  13: takesClerk,
  14: takesClerk,
  15: takesClerk,
  16: takesClerk,
  17: takesClerk,
  18: {
    because: 'declares userId and uses sessionId, which is no filter: only JavaScript lets it pass, as in 2.6.3',
    before: importClerk,
    replace: [['{ clientId, sessionId }', '{ clientId, userId }']],
  },
  19: { because: 'takes the instance and the id for granted', before: importClerk + declares('sessionId') },
  20: takesClerk,
  21: takesClerk,
  22: takesClerk,
  23: takesClerk,
  24: takesClerk,
  25: takesClerk,
  26: {
    because: 'has an equals sign for a colon',
    before: importClerk,
    replace: [["firstName = 'John'", "firstName: 'John'"]],
  },
  27: takesClerk,
  28: takesClerk,
  29: takesClerk,
  30: takesApp,
  31: { because: 'takes the application and the instance for granted', before: anApp + importClerk },
  32: takesApp,
  33: {
    because: 'has methods without their class',
    before: "import Clerk from '@clerk/clerk-sdk-node/instance';\nexport class Own extends Clerk {\n",
    after: '}\n',
  },
  34: {
    because: 'is JavaScript, which says no types',
    before:
      '/** @param {Error & { statusCode?: number, data?: unknown }} err @param {import("express").Request} req\n' +
      ' * @param {import("express").Response} res @param {import("express").NextFunction} next */\n',
  },
  36: {
    because: 'goes on from 35, and leaves out `default`',
    before: `import { withSession, WithSessionProp } from '@clerk/clerk-sdk-node';\n${importNext}`,
    replace: [['export withSession', 'export default withSession']],
  },
  37: {
    because: 'goes on from 36, and leaves out `default`',
    before: `import clerk, { withSession } from '@clerk/clerk-sdk-node';\n${importNext}${handler('NextApiRequest')}`,
    replace: [['export withSession', 'export default withSession']],
  },
  39: {
    because: 'goes on from 38 and takes 40 for granted, and leaves out `default`',
    before: `import clerk, { requireSession, RequireSessionProp } from '@clerk/clerk-sdk-node';\n${importNext}import { onError } from './40.mjs';\n`,
    replace: [['export requireSession', 'export default requireSession']],
  },
  41: {
    because: 'takes the instance and the handler for granted, and exports what has no name',
    before: `${importClerk}${importNext}${handler('NextApiRequest')}`,
    replace: [
      ['export clerk.withSession', 'export const open = clerk.withSession'],
      ['export clerk.requireSession', 'export const closed = clerk.requireSession'],
    ],
  },
}

function handler(request: string): string {
  return `declare function handler(req: ${request}, res: NextApiResponse): void;\n`
}

const documentation = fileURLToPath(import.meta.resolve('clerk-sdk-node-2.6.3/README.md'))

/** Every piece of code in the documentation of 2.6.3, mended where it has to be. */
export function readSnippets(): Snippet[] {
  const text = readFileSync(documentation, 'utf8')
  return Array.from(text.matchAll(/^```(ts|js)\n(.*?)^```$/gms), ([, language = '', code = ''], index) => {
    const number = index + 1
    // With types, `require` is checked in JavaScript only.
    const extension = code.includes('require(') ? 'cjs' : language === 'ts' ? 'mts' : 'mjs'
    return { number, file: `${number}.${extension}`, code: mended(number, code) }
  })
}

/** How many pieces of code there are, whatever their language is called. */
export const countBlocks = (): number => readFileSync(documentation, 'utf8').match(/^```\w+$/gm)?.length ?? 0

function mended(number: number, code: string): string {
  const { before = '', replace = [], after = '' } = mendings[number] ?? {}
  const changed = replace.reduce((text, [what, by]) => {
    if (!text.includes(what)) throw new Error(`Snippet ${number} has no ${what}: the mending must follow it`)
    return text.replace(what, by)
  }, code)
  return before + changed + after
}

/** The snippets that are mended, each with the reason. */
export const reasons = (): [number: number, because: string][] =>
  Object.entries(mendings).map(([number, { because }]) => [Number(number), because])
