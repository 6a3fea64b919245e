import { matchesGlob } from '../lint/glob-match.js'
import type { CliIo } from './cli-io.js'
import { cannotRead } from './read-document.js'
import { UsageError } from './usage-error.js'

/**
 * The files that words on the command line mean: a file, all `.rsc` files below a folder, or what a glob matches.
 * `-` stands for standard input. Each file once, in the order of the words, sorted within one. A file of exactly that
 * name is meant by it, too, even if it is also a glob.
 */
export async function expandPaths(words: readonly string[], io: CliIo): Promise<readonly string[]> {
  const paths = new Set<string>()
  for (const word of words) {
    for (const path of await expand(fromHere(word, io), io)) paths.add(path)
  }
  return [...paths]
}

/** Paths below the working folder without it: globs of a configuration and baselines know them so. */
function fromHere(word: string, { workingFolder }: CliIo): string {
  return word.startsWith(`${workingFolder}/`) ? word.slice(workingFolder.length + 1) : word
}

async function expand(word: string, io: CliIo): Promise<readonly string[]> {
  if (word === '-') return [word]
  if (/[*?{]/.test(word)) {
    const folder = word.slice(0, word.search(/[*?{]/)).replace(/[^/]*$/, '') || '.'
    const files = (await filesIn(folder, io)) ?? []
    const found = files.filter((path) => path === word || matchesGlob(word, path)).sort()
    if (found.length === 0) throw new UsageError(`no file matches ${word}`)
    return found
  }
  const below = await filesIn(word, io)
  if (below === undefined) return [word.replace(/^(\.\/)+/, '')]
  const found = below.filter((path) => path.endsWith('.rsc')).sort()
  if (found.length === 0) throw new UsageError(`there is no .rsc file in ${word}`)
  return found
}

/** Nothing when the path is no folder. @throws UsageError when it, or a folder below it, may not be read */
async function filesIn(folder: string, io: CliIo): Promise<readonly string[] | undefined> {
  const base = folder.replace(/\/+$/, '')
  try {
    const files = await io.listFiles(base === '' ? folder : base)
    return files.map((path) => path.replace(/^\.\//, ''))
  } catch (cause) {
    const { code, path } = cause as { readonly code?: unknown; readonly path?: unknown }
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw cannotRead(typeof path === 'string' ? path : folder, cause)
  }
}
