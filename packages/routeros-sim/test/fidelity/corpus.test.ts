import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/faults/seeded-random.js'
import { compareExport } from '../../src/fidelity/compare-export.js'
import { signsOfAHand } from '../../src/fidelity/signs-of-a-hand.js'

const corpus = fileURLToPath(new URL('../../../../../shared/corpus', import.meta.url))

/** What the corpus' own notes say of files that are no untouched export. */
const TOUCHED_BY_NOTES =
  /before header|prompt|TRUNCATED|truncated|oxidized|multipart|on one line|no version header/

function untouched(): string[] {
  const notes = new Map(
    readFileSync(`${corpus}/MANIFEST.tsv`, 'utf8')
      .split('\n')
      .map((line) => line.split('\t'))
      .map((cells) => [cells[0] ?? '', cells[9] ?? ''] as const),
  )
  const files = ['exports', 'pairs'].flatMap((folder) =>
    readdirSync(`${corpus}/${folder}`, { recursive: true })
      .map((name) => `${folder}/${String(name)}`)
      .filter((name) => name.endsWith('.rsc')),
  )
  return files.filter((name) => {
    if (TOUCHED_BY_NOTES.test(notes.get(name) ?? '')) return false
    return signsOfAHand(readFileSync(`${corpus}/${name}`, 'latin1').replace(/\r\n/g, '\n')).length === 0
  })
}

describe.skipIf(!existsSync(corpus))('export fidelity over public exports', () => {
  it('prints what routers print: 95 % of the files whole, 99.9 % of the lines, every line wrapped right', () => {
    const random = seededRandom(1)
    let files = 0
    let identicalFiles = 0
    let lines = 0
    let identicalLines = 0
    const wrapping: string[] = []
    for (const name of untouched()) {
      const result = compareExport(readFileSync(`${corpus}/${name}`, 'latin1'), random)
      files += 1
      if (result.identical) identicalFiles += 1
      lines += result.lines
      identicalLines += result.identicalLines
      if (result.differences.some((difference) => difference.kind === 'wrapping')) wrapping.push(name)
    }
    console.info(`${identicalFiles} of ${files} files, ${identicalLines} of ${lines} lines`)

    expect(identicalFiles / files).toBeGreaterThanOrEqual(0.95)
    expect(identicalLines / lines).toBeGreaterThanOrEqual(0.999)
    expect(wrapping).toEqual([])
  }, 180_000)
})

describe.skipIf(existsSync(corpus))('export fidelity', () => {
  it('is not measured: the corpus of public exports is not on this machine', () => {
    expect(existsSync(corpus)).toBe(false)
  })
})
