import { join } from 'node:path'
import type { FileSystem } from './file-system.js'
import { isMissing, readFileIfThere } from './file-system.js'
import { objectIdPattern } from './git-object.js'

/** The commits at which history ends on purpose: the repository's `shallow` file, read again when it changes. */
export class ShallowCommits {
  readonly #path: string
  #known: { readonly signature: string; readonly commits: ReadonlySet<string> } | undefined

  constructor(
    private readonly fs: FileSystem,
    gitDirectory: string,
  ) {
    this.#path = join(gitDirectory, 'shallow')
  }

  /** Ids of the commits whose parents were dropped. */
  async read(): Promise<ReadonlySet<string>> {
    const signature = await this.#signature()
    if (this.#known?.signature === signature) return this.#known.commits
    const text = (await readFileIfThere(this.fs, this.#path))?.toString('latin1') ?? ''
    const commits = new Set(text.split('\n').filter((line) => objectIdPattern.test(line)))
    this.#known = { signature, commits }
    return commits
  }

  async #signature(): Promise<string> {
    try {
      const seen = await this.fs.stat(this.#path, { bigint: true })
      return `${seen.ino}-${seen.size}-${seen.mtimeNs}`
    } catch (error) {
      if (isMissing(error)) return 'none'
      throw error
    }
  }
}
