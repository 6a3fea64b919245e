/**
 * Edits one property at a time in genuine exports and counts the edits that a diff does not see as exactly one change.
 * Run: `npm --prefix packages/rsc-parser run fuzz:edits -- [edits per export=1000] [seed=1] [most bytes of an export]`.
 * Prints one JSON object; exit 1 when an edit was seen otherwise. Needs the corpus beside the repository.
 */
import { buildDocument, byteStringToBytes, diffDocuments, parseBytes } from '../src/index.js'
import { corpusNote, hasCorpus, readCorpus } from '../test/corpus/corpus.js'
import { editableProperties, editOneProperty } from '../test/diff/edit-one-property.js'
import { Random } from '../test/plan/random-config.js'

const editsEach = Number(process.argv[2] ?? 1000)
const seed = Number(process.argv[3] ?? 1)
const mostBytes = Number(process.argv[4] ?? Number.POSITIVE_INFINITY)

if (!hasCorpus) process.stderr.write(`no run${corpusNote}\n`)
const random = new Random(seed)
let exports = 0
let edits = 0
const otherwise: Record<string, number> = {}
for (const file of readCorpus('exports')) {
  if (file.bytes.length > mostBytes) continue
  const document = buildDocument(parseBytes(file.bytes))
  const properties = editableProperties(document)
  if (properties.length === 0) continue
  exports++
  for (let count = 0; count < editsEach; count++) {
    const edit = editOneProperty(document, properties, random)
    const after = buildDocument(parseBytes(byteStringToBytes(edit.text)), { major: document.header.major })
    const { changes } = diffDocuments(document, after)
    edits++
    if (changes.length === 1) continue
    const key = `${file.name} ${edit.menu} ${edit.property}: ${changes.length} changes`
    otherwise[key] = (otherwise[key] ?? 0) + 1
  }
}
const wrong = Object.values(otherwise).reduce((sum, count) => sum + count, 0)
process.stdout.write(`${JSON.stringify({ exports, edits, seed, notOneChange: wrong, otherwise })}\n`)
process.exitCode = wrong > 0 ? 1 : 0
