// Runs the contract suite of every port against each of its adapters and prints a table of cases and results, then the
// cases that an adapter leaves out, with the reason. Exits 1 when a case failed.
// Run: npm run contracts -- [--json] [--cases]
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import './stop-with-reader.mjs'

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, cases: { type: 'boolean', default: false } },
})
const root = fileURLToPath(new URL('../', import.meta.url))
const title = /^(.+) as ([A-Z]\w+)$/

/** Ports that have no suite, and where they are tested instead. */
const withoutSuite = {
  Clock: 'time passes by itself: core/test/time, routeros-sim/test/time',
  DeviceTransport: 'one adapter, SSH, against a real SSH server and the simulator: adapters/test/ssh',
  OperationEvents: 'one implementation, in core: core/test/events',
  RandomSource: 'nothing to compare it with',
  TenantGuard: 'made by defineTenantGuard of what the host allows: core/test/access, server/test/routes',
}

function suiteFiles() {
  const files = readdirSync(join(root, 'packages'), { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => /^[^/\\]+[/\\]test[/\\].*\.test\.ts$/.test(file))
    .map((file) => join(root, 'packages', file))
    .filter((file) => /describe(\w+Contract|Repositories)\(/.test(readFileSync(file, 'utf8')))
}

function runSuites() {
  const folder = mkdtempSync(join(tmpdir(), 'tod-contracts-'))
  const report = join(folder, 'report.json')
  try {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const select = ['-t', ' as [A-Z]\\w+ ', '--reporter=json', `--outputFile=${report}`]
    const run = spawnSync(process.execPath, [vitest, 'run', ...select, ...suiteFiles()], {
      cwd: root,
      encoding: 'utf8',
    })
    try {
      return JSON.parse(readFileSync(report, 'utf8'))
    } catch {
      throw new Error(`The suites did not run.\n${run.stdout}${run.stderr}`)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Cases of all suites: port, adapter, sentence, result, and the reason where one is left out. */
function casesOf(report) {
  return report.testResults.flatMap((file) =>
    file.assertionResults.flatMap((test) => {
      const match = test.ancestorTitles.map((name) => title.exec(name)).find((found) => found !== null)
      if (match == null || test.title === 'skips only cases that exist') return []
      const [, adapter, port] = match
      if (test.status !== 'skipped' && test.status !== 'pending')
        return [{ port, adapter, name: test.title, result: test.status }]
      const [, name, reason] = /^(.*?) \((.*)\)$/.exec(test.title) ?? [undefined, test.title, 'no reason']
      return [{ port, adapter, name, result: 'left out', reason }]
    }),
  )
}

function printTable(rows) {
  const widths = rows[0].map((_, at) => Math.max(...rows.map((row) => row[at].length)))
  const line = (cells) => `| ${cells.map((cell, at) => cell.padEnd(widths[at])).join(' | ')} |`
  const [head, ...rest] = rows
  console.log([line(head), line(widths.map((width) => '-'.repeat(width))), ...rest.map(line)].join('\n'))
}

const cases = casesOf(runSuites()).sort((a, b) =>
  a.port === b.port ? a.adapter.localeCompare(b.adapter) : a.port.localeCompare(b.port),
)
const groups = new Map()
for (const one of cases) {
  const key = `${one.port}\n${one.adapter}`
  groups.set(key, [...(groups.get(key) ?? []), one])
}
const count = (list, result) => list.filter((one) => one.result === result).length
if (values.json) {
  for (const one of cases) console.log(JSON.stringify(one))
} else {
  const rows = [...groups].map(([key, list]) => [
    ...key.split('\n'),
    String(list.length),
    String(count(list, 'passed')),
    String(count(list, 'left out')),
    String(count(list, 'failed')),
  ])
  printTable([['port', 'adapter', 'cases', 'passed', 'left out', 'failed'], ...rows])
  if (values.cases)
    for (const one of cases) console.log(`${one.result}: ${one.port}, ${one.adapter}: ${one.name}`)
  console.log('\nLeft out, and why:')
  for (const { port, adapter, name, reason } of cases.filter((one) => one.reason !== undefined))
    console.log(`- ${adapter} as ${port}: ${name}: ${reason}`)
  console.log('\nPorts without a suite:')
  for (const [port, where] of Object.entries(withoutSuite)) console.log(`- ${port}: ${where}`)
}
const failed = count(cases, 'failed')
console.log(
  values.json
    ? JSON.stringify({ suites: groups.size, cases: cases.length, passed: count(cases, 'passed'), failed })
    : `\n${groups.size} suites, ${count(cases, 'passed')} cases passed, ${count(cases, 'left out')} left out, ${failed} failed`,
)
process.exitCode = failed > 0 || cases.length === 0 ? 1 : 0
