import { assertTenantScope, type TenantScope } from '../access/tenant-scope.js'
import { sha256Hex } from '../digest/sha256.js'
import { RevisionNotFoundError, StorageConflictError } from '../errors/storage-errors.js'
import { type RevisionFile, revisionFiles } from '../model/revision.js'
import type { GitStore, NewRevision, StoredRevision } from '../ports/git-store.js'

interface MemoryRevision extends StoredRevision {
  readonly contents: ReadonlyMap<RevisionFile, Uint8Array>
}

/** A `GitStore` in memory, for tests. Shas are made of the content and are not git's. */
export class InMemoryGitStore implements GitStore {
  private readonly chains = new Map<string, MemoryRevision[]>()

  async record(scope: TenantScope, revision: NewRevision) {
    const chain = this.chain(scope, revision.deviceId)
    const parentSha = chain.at(-1)?.commitSha ?? null
    if (parentSha !== revision.expectedParent) throw new StorageConflictError({ store: 'repository' })
    const contents = new Map<RevisionFile, Uint8Array>()
    const sizes: Partial<Record<RevisionFile, number>> = {}
    for (const file of revisionFiles) {
      const content = revision.files[file]
      if (content === undefined) continue
      const bytes =
        content instanceof Uint8Array
          ? content.slice()
          : this.contentOf(chain, revision.deviceId, content.keepFrom, file)
      contents.set(file, bytes)
      sizes[file] = bytes.length
    }
    const createdAt = Math.floor(revision.createdAt / 1000) * 1000
    const identity = [...contents].map(([file, bytes]) => [file, sha256Hex(bytes)])
    const commitSha = sha256Hex(
      new TextEncoder().encode(
        JSON.stringify([
          revision.deviceId,
          parentSha,
          createdAt,
          revision.subject,
          revision.trailers,
          identity,
        ]),
      ),
    ).slice(0, 40)
    const { deviceId, subject, trailers } = revision
    chain.push({ deviceId, commitSha, parentSha, createdAt, subject, trailers, files: sizes, contents })
    this.chains.set(this.key(scope, revision.deviceId), chain)
    return { commitSha, parentSha }
  }

  async read(
    scope: TenantScope,
    where: { readonly deviceId: string; readonly commitSha: string; readonly file: RevisionFile },
  ): Promise<Uint8Array> {
    return this.contentOf(
      this.chain(scope, where.deviceId),
      where.deviceId,
      where.commitSha,
      where.file,
    ).slice()
  }

  async head(scope: TenantScope, deviceId: string): Promise<StoredRevision | undefined> {
    const newest = this.chain(scope, deviceId).at(-1)
    return newest && withoutContents(newest)
  }

  async history(
    scope: TenantScope,
    page: { readonly deviceId: string; readonly limit?: number; readonly before?: string },
  ): Promise<readonly StoredRevision[]> {
    const newestFirst = this.chain(scope, page.deviceId).toReversed()
    const start = page.before ? newestFirst.findIndex((entry) => entry.commitSha === page.before) + 1 : 0
    return newestFirst.slice(start, start + (page.limit ?? 100)).map(withoutContents)
  }

  async resolve(
    scope: TenantScope,
    where: { readonly deviceId: string; readonly prefix: string },
  ): Promise<string> {
    const prefix = where.prefix.toLowerCase()
    const chain = this.chain(scope, where.deviceId)
    const isUsable = /^[0-9a-f]{4,40}$/.test(prefix)
    const found = isUsable ? chain.filter((entry) => entry.commitSha.startsWith(prefix)) : []
    const only = found[0]
    if (found.length !== 1 || only === undefined) {
      throw new RevisionNotFoundError({ deviceId: where.deviceId, commitSha: where.prefix })
    }
    return only.commitSha
  }

  async listDevices(scope: TenantScope): Promise<readonly string[]> {
    assertTenantScope(scope)
    const prefix = `${scope.tenantId}/`
    return [...this.chains.keys()]
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length))
      .sort()
  }

  private contentOf(
    chain: readonly MemoryRevision[],
    deviceId: string,
    commitSha: string,
    file: RevisionFile,
  ): Uint8Array {
    const content = chain.find((entry) => entry.commitSha === commitSha)?.contents.get(file)
    if (content === undefined) throw new RevisionNotFoundError({ deviceId, commitSha })
    return content
  }

  private chain(scope: TenantScope, deviceId: string): MemoryRevision[] {
    assertTenantScope(scope)
    return this.chains.get(this.key(scope, deviceId)) ?? []
  }

  private key(scope: TenantScope, deviceId: string): string {
    return `${scope.tenantId}/${deviceId}`
  }
}

function withoutContents({ contents: _contents, ...revision }: MemoryRevision): StoredRevision {
  return revision
}
