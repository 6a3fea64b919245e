import { dirname, join } from 'node:path'
import { removeFile, syncFolder } from './durable-file.js'
import type { FileSystem } from './file-system.js'
import { isMissing, readFileIfThere } from './file-system.js'
import { objectIdPattern } from './git-object.js'
import { LockFile, type LockOptions } from './lock-file.js'

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
    const commits = await this.#readFile()
    this.#known = { signature, commits }
    return commits
  }

  /** Changes the set under the lock that native git takes for it too. Durable when it resolves. */
  async update(
    change: (commits: ReadonlySet<string>) => Promise<ReadonlySet<string>>,
    options: LockOptions = {},
  ): Promise<void> {
    const lock = await LockFile.acquire(this.fs, `${this.#path}.lock`, options)
    try {
      const before = await this.#readFile()
      const after = await change(before)
      if (after.size === before.size && [...after].every((sha) => before.has(sha))) {
        await lock.release()
        return
      }
      if (after.size === 0) {
        await removeFile(this.fs, this.#path)
        await lock.release()
      } else {
        const lines = [...after].sort().map((sha) => `${sha}\n`)
        await lock.write(Buffer.from(lines.join('')))
        await lock.commitTo(this.#path)
      }
      await syncFolder(this.fs, dirname(this.#path))
    } catch (error) {
      await lock.release().catch(() => undefined)
      throw error
    }
  }

  async #readFile(): Promise<ReadonlySet<string>> {
    const text = (await readFileIfThere(this.fs, this.#path))?.toString('latin1') ?? ''
    return new Set(text.split('\n').filter((line) => objectIdPattern.test(line)))
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
