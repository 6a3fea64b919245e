import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { Command } from 'commander'
import { seededRandom } from '../faults/seeded-random.js'
import { compareExport, type ExportComparison } from '../fidelity/compare-export.js'
import { signsOfAHand } from '../fidelity/signs-of-a-hand.js'
import { exportCommands } from '../state/load-export.js'

interface FidelityFlags {
  readonly json?: boolean
  readonly seed: string
  readonly show: string
}

interface FileResult {
  readonly file: string
  readonly comparison: ExportComparison
  /** What shows that somebody was at the file since the router wrote it; empty when nothing does. */
  readonly touched: readonly string[]
}

/** A file that was not compared, and why. */
interface SkippedFile {
  readonly file: string
  readonly reason: string
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
    .addHelpText(
      'after',
      `
A file in which something stands that no router writes (a command typed in, a blank line, properties out of
order, a line broken though others are longer) counts as touched: the totals are given with and without such
files. What a text does not show, such as a section moved, counts as a difference.`,
    )
    .action(async (directory: string, flags: FidelityFlags) => {
      const random = seededRandom(Number(flags.seed))
      const results: FileResult[] = []
      const skipped: SkippedFile[] = []
      for (const path of await exportFiles(directory)) {
        const file = relative(directory, path) || path
        const text = await readExport(path)
        if ('reason' in text) skipped.push({ file, ...text })
        else {
          const touched = signsOfAHand(text.raw.replace(/\r\n/g, '\n'))
          results.push({ file, comparison: compareExport(text.raw, random), touched })
        }
      }
      const untouched = results.filter(({ touched }) => touched.length === 0)
      if (flags.json === true) {
        const report = { summary: summaryOf(results), untouched: summaryOf(untouched), skipped, results }
        process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
        return
      }
      for (const result of results) printFile(result, Number(flags.show))
      for (const { file, reason } of skipped) process.stdout.write(`${file}: skipped, ${reason}\n`)
      printSummary(summaryOf(results), '')
      if (untouched.length < results.length) printSummary(summaryOf(untouched), ' untouched')
    })
}

async function exportFiles(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.name.endsWith('.rsc') && !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** The text of a file if there is something of an export in it. */
async function readExport(path: string): Promise<{ readonly raw: string } | { readonly reason: string }> {
  try {
    const raw = await readFile(path, 'latin1')
    return exportCommands(raw).next().done === true ? { reason: 'it holds no add or set' } : { raw }
  } catch (cause) {
    return { reason: `it cannot be read: ${cause instanceof Error ? cause.message : String(cause)}` }
  }
}

function summaryOf(results: readonly FileResult[]) {
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

function printFile({ file, comparison, touched }: FileResult, shown: number): void {
  const { lines, identicalLines, identical, version, differences } = comparison
  if (identical) return
  const signs = touched.length === 0 ? '' : `; touched: ${touched.join(', ')}`
  process.stdout.write(`${file} (${version}): ${identicalLines} of ${lines} lines identical${signs}\n`)
  for (const { kind, side, line, text } of differences.slice(0, shown)) {
    process.stdout.write(`  ${kind}, line ${line} of the ${side}: ${text}\n`)
  }
}

function printSummary(summary: ReturnType<typeof summaryOf>, which: string): void {
  const { files, identicalFiles, lines, identicalLines, differences } = summary
  const share = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`
  process.stdout.write(
    `${identicalFiles} of ${files}${which} files identical (${share(identicalFiles, files)}), ` +
      `${identicalLines} of ${lines} lines (${share(identicalLines, lines)})\n`,
  )
  for (const [kind, count] of Object.entries(differences)) process.stdout.write(`  ${kind}: ${count} lines\n`)
}
