import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const results = fileURLToPath(new URL('../../test-results', import.meta.url))

/** A folder of its own in which packages are found as they are in the checkout, until the test is over. */
export function folderWith(file: string, code: string): string {
  const folder = join(results, `page-${process.pid}-${file}`)
  mkdirSync(folder, { recursive: true })
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'vitest.config.js'), 'export default {}')
  writeFileSync(join(folder, file), code)
  return folder
}
