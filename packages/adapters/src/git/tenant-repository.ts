import { CommitReader } from './commit-reader.js'
import { createRepository, isRepository } from './create-repository.js'
import type { FileSystem } from './file-system.js'
import { ObjectDatabase } from './object-database.js'
import { Refs } from './refs.js'
import { ShallowCommits } from './shallow-commits.js'

/** The parts of one tenant's repository, which share what they remember of it. */
export class TenantRepository {
  readonly objects: ObjectDatabase
  readonly refs: Refs
  readonly commits: CommitReader
  readonly shallow: ShallowCommits
  #exists = false

  constructor(
    readonly fs: FileSystem,
    readonly gitDirectory: string,
  ) {
    this.objects = new ObjectDatabase(fs, gitDirectory)
    this.refs = new Refs(fs, gitDirectory)
    this.commits = new CommitReader(fs, gitDirectory, this.objects)
    this.shallow = new ShallowCommits(fs, gitDirectory)
  }

  /** True once the repository is there. */
  async exists(): Promise<boolean> {
    this.#exists ||= await isRepository(this.fs, this.gitDirectory)
    return this.#exists
  }

  /** Makes the repository when it is not there yet. */
  async ensure(): Promise<void> {
    if (this.#exists) return
    await createRepository(this.fs, this.gitDirectory)
    this.#exists = true
  }

  /** Ids of all objects that begin with a prefix of at least four digits, loose and packed. */
  async objectsLike(prefix: string): Promise<string[]> {
    const found = new Set(await this.objects.loose.idsLike(prefix))
    for (const oid of await this.objects.packs.idsLike(prefix)) found.add(oid)
    return [...found].sort()
  }

  /** Lets go of open files. */
  async close(): Promise<void> {
    await this.objects.close()
  }
}
