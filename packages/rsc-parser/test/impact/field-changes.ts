import { readdirSync, readFileSync } from 'node:fs'
import type { LockoutVerdict, ManagementPath } from '@tod/rsc-parser'

/** What may be said of a change; the last two leave it open which of two words is used. */
const allowed: Readonly<Record<string, readonly LockoutVerdict[]>> = {
  safe: ['safe'],
  lockout: ['lockout'],
  'at-risk': ['at-risk'],
  'not safe': ['lockout', 'at-risk'],
  'not lockout': ['safe', 'at-risk'],
}

/** A configuration as they stand in the field, changed for a manager who reaches it by some path. */
export interface FieldChange {
  readonly name: string
  readonly path: ManagementPath
  readonly current: string
  readonly target: string
  readonly allowed: readonly LockoutVerdict[]
}

const folder = new URL('field/', import.meta.url)

/** Names of the configurations, one folder each. */
export const fieldConfigurations: readonly string[] = readdirSync(folder).sort()

/**
 * Reads `changes.txt` beside a configuration: blocks parted by empty lines. A block of `path` lines says for whom the
 * blocks behind it are; any other one is `what may be said: what changes` and the lines that change, as `diff -u`
 * writes them, `@@` alone between two places.
 */
export function readFieldChanges(name: string): readonly FieldChange[] {
  const current = readFileSync(new URL(`${name}/configuration.rsc`, folder), 'utf8')
  const blocks = readFileSync(new URL(`${name}/changes.txt`, folder), 'utf8')
    .trimEnd()
    .split('\n\n')
  const changes: FieldChange[] = []
  let paths: readonly string[] = []
  for (const block of blocks.slice(1)) {
    const [head = '', ...lines] = block.split('\n')
    if (head.startsWith('path ')) {
      paths = [head, ...lines]
      continue
    }
    const [word = '', what = ''] = head.split(': ')
    const verdicts = allowed[word]
    if (verdicts === undefined) throw new Error(`${name}: nobody knows what "${head}" expects.`)
    const target = applied(current, lines, `${name}: ${what}`)
    for (const path of paths) {
      changes.push({ name: `${what} (${path})`, path: readPath(path), current, target, allowed: verdicts })
    }
  }
  return changes
}

function readPath(line: string): ManagementPath {
  const match = /^path (\S+) -> (\S+) port (\d+)(?: in (\S+))?(?: user (\S+))?(?: group (\S+))?$/.exec(line)
  if (match === null) throw new Error(`No path: ${line}`)
  const [, source = '', destination = '', port, inInterface, user, userGroup] = match
  return {
    source,
    destination,
    port: Number(port),
    ...(inInterface === undefined ? {} : { inInterface }),
    ...(user === undefined ? {} : { user }),
    ...(userGroup === undefined ? {} : { userGroup }),
  }
}

function applied(text: string, change: readonly string[], name: string): string {
  const lines = text.split('\n')
  let from = 0
  for (const hunk of change.join('\n').split('\n@@\n')) {
    const marked = hunk.split('\n')
    const before = marked.filter((line) => !line.startsWith('+')).map((line) => line.slice(1))
    const after = marked.filter((line) => !line.startsWith('-')).map((line) => line.slice(1))
    while (from <= lines.length && before.some((line, index) => lines[from + index] !== line)) from++
    if (from > lines.length)
      throw new Error(`${name}: the configuration has no such lines: ${before.join(' / ')}`)
    lines.splice(from, before.length, ...after)
    from += after.length
  }
  return lines.join('\n')
}
