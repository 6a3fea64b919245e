import type { GitObject } from './git-object.js'

/** An object that another one refers to. */
export interface ObjectLink {
  readonly oid: string
  readonly type: 'commit' | 'tree' | 'blob'
}

/** The tree and the parents that a commit names in its header. */
export function commitLinks(body: Buffer): {
  readonly tree: string | undefined
  readonly parents: readonly string[]
} {
  const end = body.indexOf('\n\n')
  const header = body.toString('latin1', 0, end < 0 ? body.length : end).split('\n')
  const parents = header.filter((line) => line.startsWith('parent ')).map((line) => line.slice(7))
  const tree = header[0]?.startsWith('tree ') ? header[0].slice(5) : undefined
  return { tree, parents }
}

/** The entries of a tree, submodules left out. Undefined when the bytes are no tree. */
function treeLinks(body: Buffer): readonly ObjectLink[] | undefined {
  const links: ObjectLink[] = []
  let at = 0
  while (at < body.length) {
    const space = body.indexOf(0x20, at)
    const end = body.indexOf(0, at)
    if (space < 0 || end < space || end + 21 > body.length) return undefined
    const mode = body.toString('latin1', at, space)
    const oid = body.toString('hex', end + 1, end + 21)
    if (mode === '40000') links.push({ oid, type: 'tree' })
    else if (mode !== '160000') links.push({ oid, type: 'blob' })
    at = end + 21
  }
  return links
}

/** What an object refers to, with parents only where history does not end on purpose. */
export function objectLinks(
  oid: string,
  object: GitObject,
  shallow: ReadonlySet<string>,
): readonly ObjectLink[] {
  if (object.type === 'tree') return treeLinks(object.body) ?? []
  if (object.type === 'tag') {
    const match = /^object ([0-9a-f]{40})\ntype (commit|tree|blob)\n/.exec(
      object.body.toString('latin1', 0, 80),
    )
    const type = match?.[2] === 'commit' ? 'commit' : match?.[2] === 'tree' ? 'tree' : 'blob'
    return match?.[1] === undefined ? [] : [{ oid: match[1], type }]
  }
  if (object.type !== 'commit') return []
  const { tree, parents } = commitLinks(object.body)
  const links: ObjectLink[] = tree === undefined ? [] : [{ oid: tree, type: 'tree' }]
  if (!shallow.has(oid)) for (const parent of parents) links.push({ oid: parent, type: 'commit' })
  return links
}
