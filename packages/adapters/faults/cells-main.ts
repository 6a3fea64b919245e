// Runs a shard of the matrix and prints one JSON object a line. Started by `run.mjs` in its own process.
import { selectCells, tryCell } from './run-cells.js'

const [pattern = '', index = '0', of = '1'] = process.argv.slice(2)
for (const cell of selectCells(new RegExp(pattern), Number(index), Number(of))) {
  const started = performance.now()
  const result = await tryCell(cell)
  process.stdout.write(`${JSON.stringify({ ...result, ms: Math.round(performance.now() - started) })}\n`)
}
process.exit(0)
