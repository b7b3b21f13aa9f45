import { readFileSync } from 'node:fs'

/** A block of code in a page. */
export interface Snippet {
  /** The heading it is under. */
  heading: string
  /** The line of the page that its first line is. */
  line: number
  /** What follows the three backticks, such as `js`, or `sh run` for what a test runs. */
  language: string
  code: string
}

/** Every block of code of a Markdown page, in order. */
export function snippetsOf(page: URL): Snippet[] {
  const snippets: Snippet[] = []
  let heading = ''
  let open: Snippet | undefined
  for (const [index, text] of readFileSync(page, 'utf8').split('\n').entries()) {
    const fence = /^```([\w ]*)$/.exec(text)
    if (open && fence) {
      snippets.push(open)
      open = undefined
    } else if (open) {
      open.code += `${text}\n`
    } else if (fence) {
      open = { heading, line: index + 2, language: fence[1] ?? '', code: '' }
    } else {
      heading = /^#+ (.+)$/.exec(text)?.[1] ?? heading
    }
  }
  if (open) throw new Error(`the block of code in line ${open.line} of ${page.pathname} does not end`)
  return snippets
}

/** What the comments say that a program prints: `console.log(…) // a line, then another`. */
export const promisedLines = ({ code }: Snippet): string[] =>
  [...code.matchAll(/\bconsole\.log\(.*\).* \/\/ (.+)$/gm)].flatMap(([, lines = '']) => lines.split(', then '))
