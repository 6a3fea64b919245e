import { Errors, type PromiseFsClient, readCommit, readTree, type TreeEntry } from 'isomorphic-git'
import type { FileSystem } from './file-system.js'
import { isomorphicFileSystem } from './isomorphic-file-system.js'
import type { ObjectDatabase } from './object-database.js'
import { parseCommit } from './parse-commit.js'

/** A commit, parsed. */
export interface ReadCommit {
  readonly oid: string
  readonly tree: string
  /** First parent; those of merges in foreign repositories are not followed. */
  readonly parent: string | null
  readonly message: string
  /** Commit time: UTC, ms since 1970. */
  readonly createdAt: number
}

/** Parses commits and trees of one repository through isomorphic-git. */
export class CommitReader {
  readonly #client: PromiseFsClient

  constructor(
    fs: FileSystem,
    private readonly gitDirectory: string,
    private readonly objects: ObjectDatabase,
  ) {
    this.#client = isomorphicFileSystem(fs, gitDirectory, objects)
  }

  /** The commit, or undefined when the object is missing or no commit. */
  async commit(oid: string): Promise<ReadCommit | undefined> {
    return await unlessMissing(async () => {
      const { commit } = await readCommit({ fs: this.#client, gitdir: this.gitDirectory, oid })
      return {
        oid,
        tree: commit.tree,
        parent: commit.parent[0] ?? null,
        message: commit.message,
        createdAt: commit.committer.timestamp * 1000,
      }
    })
  }

  /** As `commit`, about five times as fast, for walks over whole histories. */
  async commitOfWalk(oid: string, inBulk: boolean): Promise<ReadCommit | undefined> {
    const object = inBulk ? await this.objects.readInBulk(oid) : await this.objects.read(oid)
    const parsed = object?.type === 'commit' ? parseCommit(object.body) : undefined
    return parsed === undefined ? undefined : { oid, ...parsed }
  }

  /** Entries of a tree by name; undefined when the object is missing or no tree. */
  async tree(oid: string): Promise<ReadonlyMap<string, TreeEntry> | undefined> {
    return await unlessMissing(async () => {
      const { tree } = await readTree({ fs: this.#client, gitdir: this.gitDirectory, oid })
      return new Map(tree.map((entry) => [entry.path, entry]))
    })
  }
}

async function unlessMissing<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof Errors.NotFoundError || error instanceof Errors.ObjectTypeError) return undefined
    throw error
  }
}
