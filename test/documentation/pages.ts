import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Snippet, snippetsOf } from '../readme/page.js'

const root = new URL('../../', import.meta.url)

/** The pages that show command lines of the server, by their paths from the root. */
export const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'packages/server/README.md',
  ...readdirSync(fileURLToPath(new URL('docs', root)), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => `docs/${path.replaceAll('\\', '/')}`)
    .sort(),
]

export const readPage = (path: string): string => readFileSync(new URL(path, root), 'utf8')

/** The cells of every table row that begins with code, without the spaces around them. */
export const rowsOf = (page: string): string[][] =>
  readPage(page)
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .slice(1, -1)
        .split(' |')
        .map((cell) => cell.trim()),
    )

/** What is between backticks, without them. */
export const codeIn = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)

/** What the page says without its examples. */
export const proseOf = (page: string): string => readPage(page).replace(/^```.*?^```/gms, '')

/** The examples of code on a page, in order. */
export const examplesOf = (page: string): Snippet[] => snippetsOf(new URL(page, root))
