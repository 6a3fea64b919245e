import { join } from 'node:path'
import { RequestInvalidError } from '@tod/core'
import type { TreeEntry } from 'isomorphic-git'
import type { ReadCommit } from './commit-reader.js'
import { subjectOf } from './commit-text.js'
import { type FileSystem, readFileIfThere } from './file-system.js'
import { type ForeignRevision, isSealedText, looksLikeExport, type SkippedFile } from './foreign-revision.js'
import { DeviceNames } from './name-devices.js'
import { RepositoryDamageError } from './repository-damage.js'
import { TenantRepository } from './tenant-repository.js'

/** Files of a commit by path. */
type Files = ReadonlyMap<string, string>

/** Trees of the commit before, and of the one that is being read. */
interface TreeCache {
  before: Map<string, ReadonlyMap<string, TreeEntry>>
  after: Map<string, ReadonlyMap<string, TreeEntry>>
}

/** History longer than this is refused rather than held in memory. */
const mostCommits = 2_000_000

/** Names that Oxidized, RANCID and people keep beside configurations. */
const neverConfigurations =
  /(^|\/)(\.[^/]*|router\.db|routers\.(all|up|down)|README[^/]*|LICENSE|.*\.(md|log|json|ya?ml))$/i

/**
 * States of devices in a foreign repository, oldest first: each commit brings the devices whose files it changed. Only
 * first parents are followed.
 */
export async function* readGitHistory(
  fs: FileSystem,
  gitDirectory: string,
  branch: string | undefined,
  onSkipped: (file: SkippedFile) => void,
): AsyncGenerator<ForeignRevision> {
  const repository = new TenantRepository(fs, gitDirectory)
  const reported = new Set<string>()
  const skip = (path: string, reason: string) => {
    if (reported.has(path)) return
    reported.add(path)
    onSkipped({ path, reason })
  }
  try {
    const trees: TreeCache = { before: new Map(), after: new Map() }
    const names = new DeviceNames()
    let before: Files = new Map()
    for (const oid of await commitsOf(repository, branch)) {
      const commit = await repository.commits.commit(oid)
      if (commit === undefined) throw new RepositoryDamageError(oid, 'missing', 'the commit is missing')
      const files = await readFiles(repository, commit.tree, trees)
      yield* changedDevices(repository, commit, before, files, names, skip)
      before = files
    }
  } finally {
    await repository.close()
  }
}

async function* changedDevices(
  repository: TenantRepository,
  commit: ReadCommit,
  before: Files,
  after: Files,
  names: DeviceNames,
  skip: (path: string, reason: string) => void,
): AsyncGenerator<ForeignRevision> {
  const done = new Set<string>()
  for (const [path, oid] of after) {
    if (before.get(path) === oid) continue
    const exportPath = path.replace(/(^|\/)backup\.bin$/, '$1export.rsc').replace(/\.backup$/, '.rsc')
    const exportOid = after.get(exportPath)
    if (done.has(exportPath)) continue
    done.add(exportPath)
    if (exportOid === undefined) {
      skip(path, 'a binary backup without an export')
      continue
    }
    if (neverConfigurations.test(exportPath)) {
      skip(path, 'no configuration by its name')
      continue
    }
    const content = await readBlob(repository, exportOid)
    if (!looksLikeExport(content) && !isSealedText(content)) {
      skip(path, 'no export of RouterOS')
      continue
    }
    const isFolder = exportPath.endsWith('/export.rsc')
    const binaryPath = exportPath.replace(
      isFolder ? /export\.rsc$/ : /\.rsc$/,
      isFolder ? 'backup.bin' : '.backup',
    )
    const binaryOid = binaryPath === exportPath ? undefined : after.get(binaryPath)
    yield {
      deviceName: nameOf(exportPath, after, names),
      origin: `${commit.oid}:${exportPath}`,
      createdAt: commit.createdAt,
      message: subjectOf(commit.message),
      export: content,
      binary: binaryOid === undefined ? null : await readBlob(repository, binaryOid),
    }
  }
}

/** A device is its folder, where that has an `export.rsc`, or its file. */
function nameOf(exportPath: string, files: Files, names: DeviceNames): string {
  const ending = ['/export.rsc', '.rsc', ''].find((end) => exportPath.endsWith(end)) ?? ''
  return names.nameOf(exportPath.slice(0, exportPath.length - ending.length), (path) =>
    files.has(path + ending),
  )
}

/** Ids of the branch's commits, oldest first. */
async function commitsOf(repository: TenantRepository, branch: string | undefined): Promise<string[]> {
  const ref = branch === undefined ? await headOf(repository) : `refs/heads/${branch}`
  const shallow = await repository.shallow.read()
  const commits: string[] = []
  let next: string | null = (await repository.refs.resolve(ref)) ?? null
  if (next === null)
    throw new RequestInvalidError({ field: 'branch', reason: 'names no branch of the repository' })
  while (next !== null) {
    const commit: ReadCommit | undefined = await repository.commits.commit(next)
    if (commit === undefined) throw new RepositoryDamageError(next, 'missing', 'the commit is missing')
    commits.push(next)
    if (commits.length > mostCommits)
      throw new RequestInvalidError({ field: 'branch', reason: 'is too long' })
    next = shallow.has(next) ? null : commit.parent
  }
  return commits.reverse()
}

async function headOf(repository: TenantRepository): Promise<string> {
  const head = await readFileIfThere(repository.fs, join(repository.gitDirectory, 'HEAD'))
  const match = /^ref: (refs\/heads\/\S+)/.exec(head?.toString('utf8') ?? '')
  return match?.[1] ?? 'refs/heads/main'
}

/** All files below a tree. Trees that were read for the commit before are not read again. */
async function readFiles(repository: TenantRepository, root: string, trees: TreeCache): Promise<Files> {
  const files = new Map<string, string>()
  const walk = async (tree: string, prefix: string): Promise<void> => {
    const entries = trees.before.get(tree) ?? (await repository.commits.tree(tree))
    if (entries === undefined) throw new RepositoryDamageError(tree, 'missing', 'the tree is missing')
    trees.after.set(tree, entries)
    for (const entry of entries.values()) {
      if (entry.type === 'tree') await walk(entry.oid, `${prefix}${entry.path}/`)
      else if (entry.type === 'blob') files.set(`${prefix}${entry.path}`, entry.oid)
    }
  }
  await walk(root, '')
  trees.before = trees.after
  trees.after = new Map()
  return files
}

async function readBlob(repository: TenantRepository, oid: string): Promise<Uint8Array> {
  const blob = await repository.objects.read(oid)
  if (blob === undefined) throw new RepositoryDamageError(oid, 'missing', 'the object is missing')
  return new Uint8Array(blob.body)
}
