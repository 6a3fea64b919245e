// Runs every test of the workspace and ends with one line that counts them. Arguments go to vitest.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root, setUp } from './setup.mjs'

setUp()

const report = join(root, 'reports', 'tests.json')
mkdirSync(join(root, 'reports'), { recursive: true })
rmSync(report, { force: true })
const run = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
)

function countTests() {
  let result
  try {
    result = JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
  // A file that could not be loaded has no test of its own to fail: it counts as one.
  const brokenFiles = result.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length
  const failed = result.numFailedTests + brokenFiles
  return {
    passed: result.numPassedTests,
    failed: failed === 0 && run.status !== 0 ? 1 : failed,
    skipped: result.numPendingTests + result.numTodoTests,
  }
}

const { passed, failed, skipped } = countTests()
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0
