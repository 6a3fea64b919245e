// Runs simulated restores of a range of seeds and prints one JSON object a line. Started by `run.mjs`.
import { runRace } from './race/run-race.js'

const [first = '1', count = '100'] = process.argv.slice(2)
for (let seed = Number(first); seed < Number(first) + Number(count); seed++) {
  const result = await runRace(seed).catch((error: unknown) => ({
    seed,
    end: 'crashed',
    violations: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
  }))
  process.stdout.write(`${JSON.stringify(result)}\n`)
}
process.exit(0)
