// Line and branch coverage of each package by all tests, or by its own tests alone when packages are named.
// Writes reports/coverage/coverage-summary.json; prints a table, and for named packages the files with the most
// branches that no test takes. Run: npm run coverage -- [server core …]
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { root, setUp } from './setup.mjs'
import './stop-with-reader.mjs'

const named = process.argv.slice(2)
const known = readdirSync(join(root, 'packages'))
const unknown = named.find((name) => !known.includes(name))
if (unknown !== undefined) {
  console.error(`No such package: ${unknown}. There are ${known.join(', ')}.`)
  process.exit(2)
}

setUp()
const folder = join(root, 'reports', 'coverage')
const run = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--coverage',
    '--coverage.reporter=json-summary',
    '--coverage.reportOnFailure',
    `--coverage.reportsDirectory=${folder}`,
    ...named.flatMap((name) => [`packages/${name}/test`, `--coverage.include=packages/${name}/src/**/*.ts`]),
  ],
  { cwd: root, stdio: 'inherit' },
)

const { total: _total, ...files } = JSON.parse(readFileSync(join(folder, 'coverage-summary.json'), 'utf8'))
const untaken = []
const packages = new Map()
for (const [path, { lines, branches }] of Object.entries(files)) {
  const name = relative(join(root, 'packages'), path).split(sep)[0]
  const sum = packages.get(name) ?? { lines: [0, 0], branches: [0, 0] }
  for (const [kind, part] of Object.entries({ lines, branches })) {
    sum[kind] = [sum[kind][0] + part.covered, sum[kind][1] + part.total]
  }
  packages.set(name, sum)
  const open = branches.total - branches.covered
  if (open > 0) untaken.push({ path: relative(root, path), open, lines: lines.pct })
}

const percent = ([covered, all]) => `${((100 * covered) / Math.max(1, all)).toFixed(1)} %`
console.log('\npackage              lines    branches')
for (const [name, { lines, branches }] of packages) {
  console.log(`${name.padEnd(18)} ${percent(lines).padStart(7)}     ${percent(branches).padStart(7)}`)
}
if (named.length > 0) {
  console.log('\nbranches not taken')
  for (const { path, open, lines } of untaken.sort((a, b) => b.open - a.open).slice(0, 15)) {
    console.log(`${String(open).padStart(5)}  ${path} (lines ${lines} %)`)
  }
}
process.exitCode = run.status ?? 1
