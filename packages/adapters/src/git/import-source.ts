import { extname, join, relative } from 'node:path'
import { type FileSystem, isMissing, listFolder, nodeFileSystem } from './file-system.js'
import { type ForeignRevision, isSealedText, looksLikeExport, type SkippedFile } from './foreign-revision.js'
import { type BackupFile, nameFiles, withoutExtension } from './name-devices.js'
import { readGitHistory } from './read-git-history.js'

/** Backups of another system, oldest first. Nothing at the source is ever changed. */
export interface ImportSource {
  /** How they are stored: a git repository or a folder of files. */
  readonly kind: 'git' | 'files'
  revisions(onSkipped: (file: SkippedFile) => void): AsyncIterable<ForeignRevision>
}

/** What an import would bring, without bringing it. */
export interface ImportPlan {
  readonly kind: ImportSource['kind']
  readonly devices: readonly {
    readonly deviceName: string
    readonly revisions: number
    readonly firstAt: number
    readonly lastAt: number
    readonly bytes: number
  }[]
  /** Revisions whose content another system has sealed: they need its key. */
  readonly sealedRevisions: number
  readonly skipped: readonly SkippedFile[]
}

/**
 * Opens the backups of another system: a git repository, bare or with a work tree (a folder per device as
 * `{device}/export.rsc` and `{device}/backup.bin`, or a file per device as Oxidized and RANCID write, a `.backup` of the
 * same name with it), or a folder of `.rsc` and `.backup` files.
 *
 * @param branch of a git repository; default what its HEAD names
 */
export async function openImportSource(path: string, branch?: string): Promise<ImportSource> {
  const fs = nodeFileSystem
  const gitDirectory = await findGitDirectory(fs, path)
  if (gitDirectory !== undefined) {
    return { kind: 'git', revisions: (onSkipped) => readGitHistory(fs, gitDirectory, branch, onSkipped) }
  }
  return { kind: 'files', revisions: (onSkipped) => readFiles(fs, path, onSkipped) }
}

/** Goes through a source and counts. */
export async function planImport(source: ImportSource): Promise<ImportPlan> {
  const skipped: SkippedFile[] = []
  const devices = new Map<string, ImportPlan['devices'][number]>()
  let sealedRevisions = 0
  for await (const revision of source.revisions((file) => skipped.push(file))) {
    const { deviceName, createdAt } = revision
    if (isSealedText(revision.export)) sealedRevisions++
    const known = devices.get(deviceName)
    devices.set(deviceName, {
      deviceName,
      revisions: (known?.revisions ?? 0) + 1,
      firstAt: Math.min(known?.firstAt ?? createdAt, createdAt),
      lastAt: Math.max(known?.lastAt ?? createdAt, createdAt),
      bytes: (known?.bytes ?? 0) + revision.export.length + (revision.binary?.length ?? 0),
    })
  }
  return { kind: source.kind, devices: [...devices.values()], sealedRevisions, skipped }
}

async function findGitDirectory(fs: FileSystem, path: string): Promise<string | undefined> {
  for (const candidate of [path, join(path, '.git')]) {
    const names = await listFolder(fs, candidate)
    if (names.includes('HEAD') && names.includes('objects')) return candidate
  }
  return undefined
}

/** Exports of a folder by date; a `.backup` of the same name goes with its export. */
async function* readFiles(
  fs: FileSystem,
  root: string,
  onSkipped: (file: SkippedFile) => void,
): AsyncGenerator<ForeignRevision> {
  const paths: string[] = []
  for await (const path of filesBelow(fs, root)) paths.push(path)
  const known = new Set(paths)
  const found: BackupFile[] = []
  for (const path of paths) {
    const name = relative(root, path)
    if (extname(path) === '.rsc') {
      found.push({ path: name, changedAt: (await fs.stat(path)).mtimeMs })
    } else if (extname(path) !== '.backup') {
      onSkipped({ path: name, reason: 'neither .rsc nor .backup' })
    } else if (!known.has(`${withoutExtension(path)}.rsc`)) {
      onSkipped({ path: name, reason: 'a binary backup without an export of the same name' })
    }
  }
  const exports = nameFiles(found).toSorted((a, b) => a.at - b.at || (a.path < b.path ? -1 : 1))
  for (const { path, deviceName, at } of exports) {
    const content = new Uint8Array(await fs.readFile(join(root, path)))
    if (!looksLikeExport(content) && !isSealedText(content)) {
      onSkipped({ path, reason: 'no export of RouterOS' })
      continue
    }
    const binaryPath = join(root, `${withoutExtension(path)}.backup`)
    yield {
      deviceName,
      origin: path,
      createdAt: Math.floor(at / 1000) * 1000,
      message: '',
      export: content,
      binary: known.has(binaryPath) ? new Uint8Array(await fs.readFile(binaryPath)) : null,
    }
  }
}

async function* filesBelow(fs: FileSystem, folder: string): AsyncGenerator<string> {
  try {
    const entries = await fs.readdir(folder, { withFileTypes: true })
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name)
      if (entry.isDirectory() && !entry.name.startsWith('.')) yield* filesBelow(fs, path)
      else if (entry.isFile() && !entry.name.startsWith('.')) yield path
    }
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}
