// Edits one property of one item at random and compares: each edit has to be seen as exactly one change, in that item.
// Run: node fuzz/one-edit.mjs [--count 1000] [--seed N] [--files N] [--parser FILE]
// `--count` is per sample file. Prints the seed first and one summary line last; exit 1 when an edit was missed.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { createRandom } from './random.mjs'

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    seed: { type: 'string' },
    files: { type: 'string' },
    parser: { type: 'string' },
  },
})
const here = fileURLToPath(new URL('.', import.meta.url))
const parser = await import(pathToFileURL(values.parser ?? `${here}../dist/index.js`).href)
const seed = Number(values.seed ?? Date.now() % 2 ** 31)
const random = createRandom(seed)
const exports = fileURLToPath(new URL('../../../../shared/corpus/exports', import.meta.url))
const golden = fileURLToPath(new URL('../test/golden', import.meta.url))
const files = [exports, golden]
  .filter((folder) => existsSync(folder))
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.rsc'))
      .map((entry) => `${entry.parentPath}/${entry.name}`),
  )
  .sort()
  .slice(0, values.files === undefined ? undefined : Number(values.files))
process.stdout.write(`seed ${seed}, ${values.count} edits in each of ${files.length} files\n`)

/** Properties that can be edited so that nothing but that property of that item differs. */
function editable(document) {
  const places = []
  const seen = new Map()
  const keyOf = (item) => `${item.menu}\0${item.identity.kind}\0${item.identity.text}`
  for (const item of document.items) seen.set(keyOf(item), (seen.get(keyOf(item)) ?? 0) + 1)
  for (const item of document.items) {
    // What a later command overrides is not in the state, and a key names another item.
    if (seen.get(keyOf(item)) > 1) continue
    for (const property of item.properties.values()) {
      if (property.state !== 'set' || !property.constant) continue
      if (property.valueRange.end <= property.valueRange.start) continue
      if (isPartOfKey(item, property.name) || property.name === 'policy') continue
      places.push({ item, property })
    }
  }
  return places
}

function isPartOfKey(item, name) {
  if (
    item.identity.properties.includes(name) ||
    ['name', 'default-name', 'numbers', 'place-before'].includes(name)
  )
    return true
  return (parser.menuFacts(item.menu)?.keys ?? []).some((tuple) => tuple.includes(name))
}

let edits = 0
let missed = 0
const started = performance.now()
for (const file of files) {
  const tree = parser.parseBytes(new Uint8Array(readFileSync(file)))
  const document = parser.buildDocument(tree)
  const places = editable(document)
  if (places.length === 0) continue
  for (let i = 0; i < Number(values.count); i++) {
    const { item, property } = random.pick(places)
    const value = `${property.value}${random.pick(['1', 'x', '-2', ' z'])}`
    const { start, end } = property.valueRange
    const text = tree.source.slice(0, start) + parser.quoteString(value) + tree.source.slice(end)
    const edited = parser.buildDocument(parser.parseBytes(parser.byteStringToBytes(text)), {
      major: document.header.major,
    })
    const { changes } = parser.diffDocuments(document, edited, { secrets: { from: 'shown', to: 'shown' } })
    edits++
    const [change] = changes
    if (changes.length === 1 && change.menu === item.menu) continue
    missed++
    if (missed > 20) continue
    const { line } = tree.position(item.range.start)
    const kinds = changes.map((one) => `${one.kind} ${one.menu}`).slice(0, 4)
    const name = file.slice(file.lastIndexOf('/') + 1).slice(0, 3)
    process.stdout.write(
      `${name} line ${line}: ${item.menu} ${property.name}: ${changes.length} changes ${kinds}\n`,
    )
  }
}
const seconds = (performance.now() - started) / 1000
process.stdout.write(
  `one-edit: ${edits} edits in ${files.length} files, seed ${seed}, ${missed} not seen as exactly one change, ${seconds.toFixed(1)} s\n`,
)
if (missed > 0) process.exitCode = 1
