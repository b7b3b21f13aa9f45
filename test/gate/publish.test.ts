import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test, vi } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const npm = execFileSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim()

const name = '@clerk/clerk-sdk-node'
const manifest = 'packages/sdk/package.json'
const manifests = ['packages', 'examples']
  .flatMap((folder) => readdirSync(join(root, folder)).map((entry) => `${folder}/${entry}/package.json`))
  .filter((path) => existsSync(join(root, path)))
/** Those that ask for a version, and not for the folder. */
const examples = manifests.filter(
  (path) => path.startsWith('examples/') && new RegExp(`"${name}": "\\d`).test(text(root, path)),
)
const files = ['package.json', 'package-lock.json', '.npmrc', ...manifests]
const scripts = ['publish', 'release', 'run'].map((script) => `scripts/${script}.mjs`)
const released = ['CHANGELOG.md', ...examples, 'package-lock.json', manifest].sort()

const changeLog = '# Changelog\n\n## Unreleased\n\n- New.\n\n## 1.2.3 - 2026-01-01\n\n- Old.\n'

/** It does nothing but come to an outcome; only to write versions the real one is asked, which needs no network. */
const npmStandIn = `#!/bin/sh
echo "npm $*" >> "$LOG"
echo "$npm_config_registry" >> "$LOG.registry"
case "npm $*" in
  "$FAILS"*) exit 1 ;;
  "$HANGS"*) exec sleep 60 ;;
  "npm version"*) exec ${npm} "$@" ;;
esac`

interface Scratch {
  folder: string
  git(...args: string[]): string
  /** Every commit, tag and file there is, here and on the remote. */
  state(): unknown
  /** What npm was told to do. */
  calls(): string[]
  start(args: string[], environment?: NodeJS.ProcessEnv): { status: number | null; stdout: string; stderr: string }
  environment: NodeJS.ProcessEnv
}

/** The repository as far as a release is concerned, at version 1.2.3, with a remote on the disk. */
function plant(): Scratch {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'clerk-publish-')))
  onTestFinished(() => rmSync(top, { recursive: true }))
  const folder = join(top, 'work')
  for (const path of [...files, ...scripts]) cpSync(join(root, path), join(folder, path), { recursive: true })
  const current = JSON.parse(text(root, manifest)).version as string
  for (const path of files) {
    const content = text(folder, path)
    const elsewhere = content.replaceAll(`"${name}": "${current}"`, `"${name}": "1.2.3"`)
    const own = new RegExp(`("name": "${name}",\\s+"version": )"${current}"`)
    writeFileSync(join(folder, path), elsewhere.replace(own, '$1"1.2.3"'))
  }
  writeFileSync(join(folder, 'CHANGELOG.md'), changeLog)
  writeFileSync(join(top, 'npm'), npmStandIn)
  chmodSync(join(top, 'npm'), 0o755)
  const log = join(top, 'log')
  writeFileSync(log, '')
  const environment = {
    PATH: `${top}:${process.env['PATH']}`,
    HOME: top,
    LOG: log,
    FAILS: 'nothing',
    HANGS: 'nothing',
    npm_config_update_notifier: 'false',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@example.com',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.com',
  }
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8', env: environment })
  git('init', '--quiet', '--initial-branch', 'main')
  git('init', '--quiet', '--bare', '--initial-branch', 'main', '../remote.git')
  git('remote', 'add', 'origin', '../remote.git')
  git('add', '.')
  git('commit', '--quiet', '--message', 'Begin')
  git('push', '--quiet', 'origin', 'main')
  return {
    folder,
    git,
    environment,
    state: () => [git('log', '--format=%H %d', '--all'), git('ls-remote', 'origin'), git('status', '--porcelain')],
    calls: () => text(top, 'log').trim().split('\n').filter(Boolean),
    start(args, more = {}) {
      const env = { ...environment, ...more }
      return spawnSync(process.execPath, ['scripts/publish.mjs', ...args], { cwd: folder, encoding: 'utf8', env })
    },
  }
}

function text(folder: string, path: string): string {
  return readFileSync(join(folder, path), 'utf8')
}

describe('publishPackage', () => {
  test('writes the version, builds, tests, commits, tags, pushes and publishes, in this order', () => {
    const { folder, git, calls, start } = plant()
    const { status, stdout } = start(['minor'])
    expect(stdout).toContain(`${name} 1.2.3 → 1.3.0`)
    expect(stdout).toMatch(/@clerk\/clerk-sdk-node 1\.3\.0 is published\.\n$/)
    expect(status).toBe(0)
    expect(calls()).toEqual([
      'npm whoami',
      `npm version 1.3.0 --workspace ${name} --no-git-tag-version --package-lock-only --offline`,
      'npm run build',
      'npm test',
      `npm publish --workspace ${name} --access public`,
    ])
    expect(git('log', '--format=%s').trim().split('\n')).toEqual(['Release 1.3.0', 'Begin'])
    const head = git('rev-parse', 'HEAD').trim()
    expect(git('ls-remote', 'origin')).toContain(`${head}\trefs/heads/main`)
    expect(git('ls-remote', 'origin')).toContain(`${head}\trefs/tags/v1.3.0^{}`)
    expect(git('status', '--porcelain')).toBe('')
    expect(git('diff', '--name-only', 'HEAD~1').trim().split('\n').sort()).toEqual(released)
    expect(JSON.parse(text(folder, manifest))).toMatchObject({ version: '1.3.0' })
  })

  test('says the new version wherever the old one was said, and changes nothing else', () => {
    const { folder, git, start } = plant()
    expect(start(['minor']).status).toBe(0)
    const diff = (path: string) =>
      git('diff', '--unified=0', 'HEAD~1', '--', path)
        .match(/^[-+](?![-+]).*/gm)
        ?.map((line) => line.replace(/,$/, ''))
    const dependency = [`-    "${name}": "1.2.3"`, `+    "${name}": "1.3.0"`]
    for (const path of examples) expect(diff(path)).toEqual(dependency)
    expect(diff(manifest)).toEqual(['-  "version": "1.2.3"', '+  "version": "1.3.0"'])
    expect(diff('package-lock.json')).toEqual([
      ...examples.flatMap(() => dependency.map((line) => line.replace('    ', '        '))),
      '-      "version": "1.2.3"',
      '+      "version": "1.3.0"',
    ])
    const today = new Date().toISOString().slice(0, 10)
    expect(text(folder, 'CHANGELOG.md')).toBe(
      changeLog.replace('## Unreleased\n', `## Unreleased\n\n## 1.3.0 - ${today}\n`),
    )
  })

  test('raises the part that is named, and begins those behind it at 0', () => {
    const { start } = plant()
    const versions = { major: '2.0.0', minor: '1.3.0', patch: '1.2.4' }
    for (const [part, version] of Object.entries(versions)) {
      expect(start([part, '--dry-run']).stdout).toContain(`${name} 1.2.3 → ${version}`)
    }
  })

  test('is not sent to the registry of Yarn, where nobody is logged in', () => {
    const { folder, start } = plant()
    const own = { npm_config_user_agent: 'npm/11.0.0', npm_config_registry: 'https://own.example' }
    expect(start(['patch', '--dry-run'], own).status).toBe(0)
    expect(text(folder, '../log.registry')).toBe('https://own.example\n')
    rmSync(join(folder, '../log.registry'))
    const yarn = { npm_config_user_agent: 'yarn/1.22.22 npm/?', npm_config_registry: 'https://yarn.example' }
    expect(start(['patch'], yarn).status).toBe(0)
    expect(text(folder, '../log.registry').trim()).toBe('')
  })
})

describe('publishPackage --dry-run', () => {
  const told = [
    '1. ask the registry who you are: npm whoami',
    '2. ask the remote whether it takes main: git push --dry-run origin main',
    '3. say 1.2.4 in the change log and the examples',
    `4. say 1.2.4 in the package and the lockfile: npm version 1.2.4 --workspace ${name} --no-git-tag-version --package-lock-only --offline`,
    '5. build: npm run build',
    '6. test: npm test',
    expect.stringMatching(/^7\. commit: git commit --message "Release 1\.2\.4" -- CHANGELOG\.md packages/),
    `8. tag: git tag --annotate v1.2.4 --message "${name} 1.2.4"`,
    '9. push: git push --atomic origin main v1.2.4',
    `10. publish: npm publish --workspace ${name} --access public`,
  ]

  test('tells every step, and changes nothing', () => {
    const { state, calls, start } = plant()
    const before = state()
    const { status, stdout } = start(['patch', '--dry-run'])
    expect(stdout.split('\n').filter((line) => /^\d+\. /.test(line))).toEqual(told)
    expect(status).toBe(0)
    expect(state()).toEqual(before)
    expect(calls()).toEqual([`npm pack --dry-run --workspace ${name}`])
  })

  test.each([
    ['after a --', ['--', 'patch', '--dry-run']],
    ['and by npm, which keeps the flag for itself', ['patch', '--dry-run']],
  ])('is understood %s', (_, args) => {
    const { folder, state, environment } = plant()
    const before = state()
    const options = { cwd: folder, encoding: 'utf8', env: environment } as const
    const { stdout } = spawnSync(npm, ['run', 'publishPackage', ...args], options)
    expect(stdout.split('\n').filter((line) => /^\d+\. /.test(line))).toEqual(told)
    expect(state()).toEqual(before)
  })
})

describe('publishPackage refuses', () => {
  test('what it does not understand, with its usage', () => {
    const { state, calls, start } = plant()
    const before = state()
    const misuses = [[], ['huge'], ['1.3.0'], ['major', 'minor'], ['minor', '--force'], ['--dry-run'], ['']]
    for (const args of misuses) {
      const { status, stderr } = start(args)
      expect(stderr).toBe('usage: npm run publishPackage -- major|minor|patch [--dry-run]\n')
      expect(status).toBe(1)
    }
    expect(state()).toEqual(before)
    expect(calls()).toEqual([])
  })

  test.each<[string, (scratch: Scratch) => unknown, string]>([
    ['another branch than main', ({ git }) => git('switch', '--quiet', '--create', 'topic'), 'git switch main'],
    ['no branch', ({ git }) => git('switch', '--quiet', '--detach'), 'git switch main'],
    ['a change', ({ folder }) => writeFileSync(join(folder, 'package.json'), '{}'), 'The working tree is not clean'],
    ['a new file', ({ folder }) => writeFileSync(join(folder, 'new'), ''), 'The working tree is not clean'],
    ['the tag', ({ git }) => git('tag', 'v1.3.0'), 'The tag v1.3.0 is there already'],
    [
      'nothing that is new',
      ({ folder, git }) => {
        writeFileSync(join(folder, 'CHANGELOG.md'), changeLog.replace('- New.\n\n', ''))
        git('commit', '--quiet', '--all', '--message', 'Forget')
      },
      'CHANGELOG.md has nothing under Unreleased',
    ],
  ])('where there is %s, before anything is done', (_, spoil, complaint) => {
    const scratch = plant()
    spoil(scratch)
    const before = scratch.state()
    for (const args of [['minor'], ['minor', '--dry-run']]) {
      const { status, stderr } = scratch.start(args)
      expect(stderr).toContain(complaint)
      expect(status).toBe(1)
    }
    expect(scratch.state()).toEqual(before)
    expect(scratch.calls()).toEqual([])
  })

  test('where there is no git repository, in the words of git', () => {
    const { folder, start } = plant()
    rmSync(join(folder, '.git'), { recursive: true })
    const { status, stderr } = start(['minor'], { GIT_CEILING_DIRECTORIES: folder })
    expect(stderr).toContain('not a git repository')
    expect(status).toBe(1)
  })
})

/** Puts a program there that git asks, and that says no. */
function refuse(path: string): undefined {
  writeFileSync(path, '#!/bin/sh\necho not today >&2\nexit 1\n')
  chmodSync(path, 0o755)
}

describe('when a step of publishPackage fails', () => {
  test.each<[string, (scratch: Scratch) => NodeJS.ProcessEnv | undefined]>([
    ['ask the registry who you are', () => ({ FAILS: 'npm whoami' })],
    [
      'ask the remote whether it takes main',
      ({ git }) => {
        // Somebody else has pushed meanwhile.
        const theirs = git('commit-tree', '-p', 'HEAD', '-m', 'Theirs', 'HEAD^{tree}').trim()
        git('push', '--quiet', 'origin', `${theirs}:refs/heads/main`)
        return undefined
      },
    ],
    ['say 1.3.0 in the package and the lockfile', () => ({ FAILS: 'npm version' })],
    ['build', () => ({ FAILS: 'npm run build' })],
    ['test', () => ({ FAILS: 'npm test' })],
    ['commit', ({ folder }) => refuse(join(folder, '.git/hooks/pre-commit'))],
    ['tag', () => ({ GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'tag.gpgSign', GIT_CONFIG_VALUE_0: 'true' })],
    ['push', ({ folder }) => refuse(join(folder, '../remote.git/hooks/pre-receive'))],
  ])('(%s) everything is as it was before', (step, spoil) => {
    const scratch = plant()
    const environment = spoil(scratch)
    const before = scratch.state()
    const { status, stderr } = scratch.start(['minor'], environment ?? {})
    expect(stderr).toMatch(new RegExp(`Could not ${step}\\. Everything is as it was before\\.\n$`))
    expect(status).toBe(1)
    expect(scratch.state()).toEqual(before)
    expect(scratch.calls()).not.toContainEqual(expect.stringContaining('npm publish'))
  })

  test('(publish) it is told how to go on, and how to go back', () => {
    const scratch = plant()
    const before = scratch.git('rev-parse', 'HEAD^{tree}')
    const { status, stderr } = scratch.start(['minor'], { FAILS: 'npm publish' })
    expect(stderr).toContain('v1.3.0 is pushed, but not published.')
    expect(stderr).toContain(`npm publish --workspace ${name} --access public\n`)
    expect(status).toBe(1)
    const [, takeBack = ''] = /To take it back instead: (.+)/.exec(stderr) ?? []
    execFileSync('sh', ['-c', takeBack], { cwd: scratch.folder, env: scratch.environment, stdio: 'ignore' })
    expect(scratch.git('ls-remote', '--tags', 'origin')).toBe('')
    expect(scratch.git('rev-parse', 'origin/main^{tree}')).toBe(before)
  })

  test('by Ctrl-C, everything is as it was before', async () => {
    const { folder, state, calls, environment } = plant()
    const before = state()
    const env = { ...environment, HANGS: 'npm test' }
    const child = spawn(process.execPath, ['scripts/publish.mjs', 'minor'], { cwd: folder, env, detached: true })
    await vi.waitFor(() => expect(calls()).toContain('npm test'), { timeout: 20_000 })
    process.kill(-(child.pid as number), 'SIGINT')
    const [code] = await once(child, 'close')
    expect(code).toBe(1)
    expect(state()).toEqual(before)
  })
})
