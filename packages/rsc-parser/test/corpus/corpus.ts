import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../../../shared/corpus/', import.meta.url))

/** Whether the corpus of genuine exports lies beside the repository. */
export const hasCorpus = existsSync(`${root}MANIFEST.tsv`)

/** Title suffix that says why corpus tests did not run. */
export const corpusNote = hasCorpus ? '' : ' (skipped: no ../shared/corpus beside the repository)'

/** A corpus file: `name` is folder and number, such as `exports/027`; texts and names are never quoted. */
export interface CorpusFile {
  readonly name: string
  readonly folder: 'exports' | 'scripts' | 'pairs'
  readonly bytes: Uint8Array
}

/** Reads the files of one folder of the corpus, or of all. */
export function readCorpus(folder?: 'exports' | 'scripts' | 'pairs'): CorpusFile[] {
  if (!hasCorpus) return []
  const files: CorpusFile[] = []
  for (const name of ['exports', 'scripts', 'pairs'] as const) {
    if (folder !== undefined && folder !== name) continue
    for (const entry of readdirSync(root + name).sort()) {
      const paths = name === 'pairs' ? [`${entry}/old.rsc`, `${entry}/new.rsc`] : [entry]
      for (const path of paths) {
        const label = name === 'pairs' ? path.replace('.rsc', '') : path.slice(0, 3)
        files.push({ name: `${name}/${label}`, folder: name, bytes: readFileSync(`${root}${name}/${path}`) })
      }
    }
  }
  return files
}
