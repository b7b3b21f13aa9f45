// How long does startServer({ memory: true }) take, the first time in a process and after that, until a request is
// answered? Usage: node bench/start-server.mjs [processes] [later starts in each]
import { spawnSync } from 'node:child_process'
import { median } from './median.mjs'

const processes = Number(process.argv[2] ?? 9)
const later = Number(process.argv[3] ?? 20)

const program = `
const begun = performance.now()
const { startServer } = await import('clerk-server')
const loaded = performance.now()
const times = []
for (let n = 0; n <= ${later}; n++) {
  const before = performance.now()
  const server = await startServer({ memory: true })
  const started = performance.now()
  const headers = { authorization: 'Bearer ' + server.secretKey }
  await (await fetch(server.url + '/v1/users', { headers })).text()
  const answered = performance.now()
  await server.close()
  times.push({ start: started - before, answer: answered - before, close: performance.now() - answered })
}
console.log(JSON.stringify({ load: loaded - begun, times }))
`

const rounds = Array.from({ length: processes }, () => {
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
  return JSON.parse(stdout)
})

/** @param {string} name @param {number[]} values */
const row = (name, values) => console.log(`${name.padEnd(42)} ${median(values).toFixed(1).padStart(7)} ms`)
const after = rounds.flatMap(({ times }) => times.slice(1))
row(
  'import',
  rounds.map(({ load }) => load),
)
row(
  'first start (makes a key)',
  rounds.map(({ times }) => times[0].start),
)
row(
  'first start and first answer',
  rounds.map(({ times }) => times[0].answer),
)
row(
  'later start',
  after.map(({ start }) => start),
)
row(
  'later start and first answer',
  after.map(({ answer }) => answer),
)
row(
  'close',
  after.map(({ close }) => close),
)
