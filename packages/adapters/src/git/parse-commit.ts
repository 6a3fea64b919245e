import { commitLinks } from './object-links.js'

/** What a walk over many commits needs of each. */
export interface ParsedCommit {
  readonly tree: string
  /** First parent. */
  readonly parent: string | null
  readonly message: string
  /** Commit time: UTC, ms since 1970. */
  readonly createdAt: number
}

/**
 * Reads the bytes of a commit for walks that go through thousands of them; elsewhere isomorphic-git does. Undefined
 * when they are none.
 */
export function parseCommit(body: Buffer): ParsedCommit | undefined {
  const { tree, parents } = commitLinks(body)
  const end = body.indexOf('\n\n')
  const committer = /^committer .*> (\d+) [+-]\d{4}$/m.exec(
    body.toString('latin1', 0, end < 0 ? body.length : end),
  )
  if (tree === undefined || committer === null) return undefined
  const message = end < 0 ? '' : body.toString('utf8', end + 2)
  return { tree, parent: parents[0] ?? null, message, createdAt: Number(committer[1]) * 1000 }
}
