import { objectId } from './git-object.js'
import type { ObjectDatabase } from './object-database.js'

type Folder = Map<string, Folder | string>

/** The trees of a set of files. */
export interface WrittenTree {
  readonly root: string
  /** The root and every tree below it. */
  readonly trees: ReadonlySet<string>
}

/**
 * Writes the trees of a set of files, deepest first.
 *
 * @param files blob ids by path, folders divided by `/`
 * @param known trees that a ref leads to: they are not written again
 */
export async function writeTree(
  objects: ObjectDatabase,
  files: ReadonlyMap<string, string>,
  known: ReadonlySet<string> = new Set(),
): Promise<WrittenTree> {
  const root: Folder = new Map()
  for (const [path, oid] of files) {
    const parts = path.split('/')
    const name = parts.pop() ?? ''
    let folder = root
    for (const part of parts) {
      const inner = folder.get(part)
      const next: Folder = inner instanceof Map ? inner : new Map()
      folder.set(part, next)
      folder = next
    }
    folder.set(name, oid)
  }
  const trees = new Set<string>()
  return { root: await writeFolder(objects, root, known, trees), trees }
}

async function writeFolder(
  objects: ObjectDatabase,
  folder: Folder,
  known: ReadonlySet<string>,
  trees: Set<string>,
): Promise<string> {
  const entries = await Promise.all(
    [...folder].map(async ([name, inner]) =>
      inner instanceof Map
        ? { name, oid: await writeFolder(objects, inner, known, trees), isFolder: true }
        : { name, oid: inner, isFolder: false },
    ),
  )
  const tree = formatTree(entries)
  const oid = objectId('tree', tree)
  if (!known.has(oid)) await objects.write('tree', tree)
  trees.add(oid)
  return oid
}

/** The bytes of a tree, entries sorted as git demands: a folder as if its name ended in `/`. */
function formatTree(
  entries: readonly { readonly name: string; readonly oid: string; readonly isFolder: boolean }[],
): Buffer {
  const keyed = entries.map((entry) => ({
    ...entry,
    key: Buffer.from(entry.isFolder ? `${entry.name}/` : entry.name),
  }))
  keyed.sort((a, b) => Buffer.compare(a.key, b.key))
  return Buffer.concat(
    keyed.flatMap(({ name, oid, isFolder }) => [
      Buffer.from(`${isFolder ? '40000' : '100644'} ${name}\0`),
      Buffer.from(oid, 'hex'),
    ]),
  )
}
