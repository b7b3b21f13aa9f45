import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const pages = pagesIn(root)
const sdk = JSON.parse(read('packages/sdk/package.json')) as Record<string, unknown>

/** Every page that is written by hand, by its path from the root. */
function pagesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory())
      return /^(node_modules|dist|coverage|test-results|\..*)$/.test(entry.name) ? [] : pagesIn(path)
    return entry.name.endsWith('.md') ? [relative(root, path)] : []
  })
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** What a page says without its examples of code, in which brackets mean something else. */
const prose = (page: string): string => read(page).replace(/^```.*?^```/gms, '')

/** The names under which the headings of a page are found. */
const anchors = (page: string): string[] =>
  [...prose(page).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )

test('there are pages, the four at the root among them', () => {
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md']))
})

describe.each(pages)('%s', (page) => {
  test('has no relative link that leads nowhere', () => {
    const links = [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)
    const broken = links
      .filter((link) => !/^[a-z]+:/.test(link))
      .filter((link) => {
        const [path = '', anchor] = link.split('#')
        const target = path === '' ? page : join(dirname(page), path)
        return !existsSync(join(root, target)) || (anchor !== undefined && !anchors(target).includes(anchor))
      })
    expect(broken).toEqual([])
  })

  test('names no script that there is not', () => {
    const scripts = [root, dirname(join(root, page))]
      .map((folder) => join(folder, 'package.json'))
      .filter((path) => existsSync(path))
      .flatMap((path) => Object.keys((JSON.parse(readFileSync(path, 'utf8')) as { scripts?: object }).scripts ?? {}))
    const named = [...read(page).matchAll(/\bnpm run ([\w:-]+)|\bnpm (start|test)\b/g)]
    expect(named.map(([, run, short]) => run ?? short).filter((name) => !scripts.includes(name ?? ''))).toEqual([])
  })

  test('names no step of the gate that there is not', () => {
    const named = [...read(page).matchAll(/--only ([\w,]+)/g)].flatMap(([, names = '']) => names.split(','))
    expect(named.filter((name) => !steps.includes(name))).toEqual([])
  })
})

/** The steps of the gate, which names them when it is asked for one that there is not. */
const steps = (() => {
  const { stderr } = spawnSync(process.execPath, ['scripts/check.mjs', '--only', '-'], { cwd: root, encoding: 'utf8' })
  return /there are (.+)$/m.exec(stderr)?.[1]?.split(', ') ?? []
})()

test('CONTRIBUTING.md lists the steps of the gate', () => {
  const listed = [...read('CONTRIBUTING.md').matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name)
  expect(steps.length).toBeGreaterThan(0)
  expect(listed).toEqual(steps)
})

test('CHANGELOG.md begins with what is unreleased, and then has the version of the package, if that was released', () => {
  const [first, second] = [...read('CHANGELOG.md').matchAll(/^## (.+)$/gm)].map(([, title]) => title)
  expect(first).toBe('Unreleased')
  if (second !== undefined) expect(second).toMatch(new RegExp(`^${sdk['version']} - \\d{4}-\\d\\d-\\d\\d$`))
})

describe('the package', () => {
  test("points at nobody else's address", () => {
    for (const field of ['author', 'bugs', 'contributors', 'funding', 'homepage', 'repository']) {
      expect(sdk).not.toHaveProperty(field)
    }
    const built = readdirSync(join(root, 'packages/sdk/dist'), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.[cm]?[jt]s$/.test(path))
      .map((path) => `packages/sdk/dist/${path}`)
    expect(built).not.toEqual([])
    const addresses = ['packages/sdk/README.md', ...built].flatMap(
      (path) => read(path).match(/https?:\/\/[^\s`'"),]+/g) ?? [],
    )
    // Those of the API and of issuers, those of this machine, and those that are nobody's.
    const known =
      /^https?:\/\/(localhost|127\.0\.0\.1|api\.clerk\.|clerk\.|[\w.…-]+\.clerk\.accounts\.dev|([\w-]+\.)*example\b)/
    expect(addresses.filter((address) => !known.test(address))).toEqual([])
  })

  test('has its licence and its page in the tarball', () => {
    const command = ['pack', '--dry-run', '--json', '--workspace', '@clerk/clerk-sdk-node']
    const output = execFileSync('npm', command, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    const [report] = Object.values(JSON.parse(output) as Record<string, { files: { path: string }[] }>)
    expect(report?.files.map(({ path }) => path)).toEqual(expect.arrayContaining(['LICENSE', 'README.md']))
    expect(read('packages/sdk/LICENSE')).toBe(read('LICENSE'))
  })
})
