// `npm run test:nodes`: the packed SDK on every Node that is supported, through bundlers, and in test runners. One line a
// check, one line of counts, and exit code 1 when something does not hold. What the Node at hand can tell by itself is the
// gate's: `npm run check -- --only packed`.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPackages } from '../../scripts/packages.mjs'
import { counts, holds } from '../../scripts/packed/holds.mjs'
import { pack } from '../../scripts/packed/tarball.mjs'
import { root } from '../../scripts/run.mjs'
import { checkBundlers } from './bundlers.mjs'
import { checkNode } from './node.mjs'
import { checkRunners } from './runners.mjs'
import { installTools, majors } from './tools.mjs'

const report = join(root, 'test-results', 'nodes.json')
rmSync(report, { force: true })
const directory = realpathSync(mkdtempSync(join(tmpdir(), 'clerk-nodes-')))
try {
  await check()
} finally {
  rmSync(directory, { recursive: true, force: true })
}
mkdirSync(join(root, 'test-results'), { recursive: true })
writeFileSync(report, `${JSON.stringify(counts)}\n`)
console.log(`\n${counts.passed} passed, ${counts.failed} failed`)

async function check() {
  const [tarball] = await Promise.all([
    holds('the SDK packs', async () => {
      if (!(await buildPackages({ ifStale: true }))) throw new Error('it does not build')
      return pack('sdk', join(directory, 'packed'))
    }),
    holds('Nodes, bundlers and test runners install from the lockfile', installTools),
  ])
  if (!tarball) return
  /** @param {string} name */
  const folder = (name) => join(directory, name)
  await Promise.all(majors.map((major) => checkNode(major, tarball, folder(`node-${major}`))))
  await checkBundlers(tarball, folder('bundlers'))
  await checkRunners(tarball, folder('runners'))
}
