import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { Command } from 'commander'
import { seededRandom } from '../faults/seeded-random.js'
import { compareExport, type ExportComparison } from '../fidelity/compare-export.js'

interface FidelityFlags {
  readonly json?: boolean
  readonly seed: string
  readonly show: string
}

/** `routeros-sim fidelity DIR`: every export under DIR, loaded from another spelling of itself and exported again. */
export function fidelityCommand(): Command {
  return new Command('fidelity')
    .description(
      'Load every .rsc under a directory, shuffled and unwrapped, and export it again; count differences.',
    )
    .argument('<directory>', 'directory, or one file')
    .option('--json', 'one JSON document')
    .option('--seed <number>', 'seed of the shuffling', '1')
    .option('--show <count>', 'differences to print per file', '0')
    .action(async (directory: string, flags: FidelityFlags) => {
      const random = seededRandom(Number(flags.seed))
      const results: { file: string; comparison: ExportComparison }[] = []
      for (const path of await exportFiles(directory)) {
        const comparison = compareExport(await readFile(path, 'latin1'), random)
        results.push({ file: relative(directory, path) || path, comparison })
      }
      if (flags.json === true)
        process.stdout.write(`${JSON.stringify({ summary: summaryOf(results), results }, null, 2)}\n`)
      else printReport(results, Number(flags.show))
    })
}

async function exportFiles(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const entries = await readdir(path, { recursive: true })
  return entries
    .filter((name) => name.endsWith('.rsc'))
    .sort()
    .map((name) => join(path, name))
}

type Results = readonly { readonly file: string; readonly comparison: ExportComparison }[]

function summaryOf(results: Results) {
  const sum = (value: (comparison: ExportComparison) => number) =>
    results.reduce((total, { comparison }) => total + value(comparison), 0)
  const differences: Record<string, number> = {}
  for (const { comparison } of results) {
    for (const { kind } of comparison.differences) differences[kind] = (differences[kind] ?? 0) + 1
  }
  return {
    files: results.length,
    identicalFiles: sum((comparison) => (comparison.identical ? 1 : 0)),
    lines: sum((comparison) => comparison.lines),
    identicalLines: sum((comparison) => comparison.identicalLines),
    differences,
  }
}

function printReport(results: Results, shown: number): void {
  for (const { file, comparison } of results) {
    if (comparison.identical) continue
    const { lines, identicalLines, version, differences } = comparison
    process.stdout.write(`${file} (${version}): ${identicalLines} of ${lines} lines identical\n`)
    for (const difference of differences.slice(0, shown)) {
      const { kind, side, line, text } = difference
      process.stdout.write(`  ${kind}, line ${line} of the ${side}: ${text}\n`)
    }
  }
  const summary = summaryOf(results)
  const share = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`
  process.stdout.write(
    `${summary.identicalFiles} of ${summary.files} files identical (${share(summary.identicalFiles, summary.files)}), ` +
      `${summary.identicalLines} of ${summary.lines} lines (${share(summary.identicalLines, summary.lines)})\n`,
  )
  for (const [kind, count] of Object.entries(summary.differences))
    process.stdout.write(`  ${kind}: ${count} lines\n`)
}
