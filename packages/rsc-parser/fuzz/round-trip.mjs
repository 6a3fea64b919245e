// Fuzzes the parser: whatever the bytes, nothing is lost, nothing throws, tokens cover the source.
// Run: npm run fuzz:parser -- [--count 200000] [--seed N] [--deep 10] [--parser FILE]
// `--deep N` builds nodes and document for every Nth input. The built package is tested unless `--parser` names
// another module. Prints the seed first and one summary line last; exit 1 at the first input that fails.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { checkInput } from './check-input.mjs'
import { composeText, mutate, window } from './inputs.mjs'
import { createRandom } from './random.mjs'
import '../../../scripts/stop-with-reader.mjs'

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '200000' },
    seed: { type: 'string' },
    deep: { type: 'string', default: '10' },
    parser: { type: 'string' },
  },
})
const here = fileURLToPath(new URL('.', import.meta.url))
const parser = await import(pathToFileURL(values.parser ?? `${here}../dist/index.js`).href)
const seed = Number(values.seed ?? Date.now() % 2 ** 31)
const count = Number(values.count)
const deep = Number(values.deep)
const random = createRandom(seed)

function readFiles(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.rsc'))
    .map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`))
}

const corpus = readFiles(fileURLToPath(new URL('../../../../shared/corpus', import.meta.url)))
const golden = readFiles(`${here}../test/golden`)
const samples = [...corpus, ...golden]
process.stdout.write(`seed ${seed}, ${count} inputs, ${samples.length} sample files\n`)

let bytesTotal = 0
const started = performance.now()
for (let i = 0; i < count; i++) {
  const kind = samples.length === 0 ? 0 : random.below(10)
  let input
  if (kind < 4) input = Buffer.from(composeText(random, 40))
  else if (kind === 4) input = mutate(random, Buffer.from(composeText(random, 200)))
  else if (kind < 9) input = mutate(random, window(random, random.pick(samples), 256 << random.below(5)))
  else input = mutate(random, window(random, random.pick(samples), 40_000))
  bytesTotal += input.length
  try {
    checkInput(parser, input, i % deep === 0)
  } catch (error) {
    process.stdout.write(
      `FAILED at input ${i} of seed ${seed}: ${error.stack}\n${JSON.stringify(input.toString('latin1').slice(0, 2000))}\n`,
    )
    process.exit(1)
  }
}
const seconds = (performance.now() - started) / 1000
process.stdout.write(
  `fuzz ok: ${count} inputs, ${(bytesTotal / 1e6).toFixed(1)} MB, seed ${seed}, ${seconds.toFixed(1)} s, 0 lost, 0 thrown\n`,
)
