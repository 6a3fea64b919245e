/** Names and size of a unified diff. */
export interface UnifiedOptions {
  readonly fromName: string
  readonly toName: string
  /** Unchanged lines around a change; default 3. */
  readonly context?: number
  /** What the lines of each side are compared by, where that is not what they show; as long as the lists of lines. */
  readonly keys?: { readonly from: readonly string[]; readonly to: readonly string[] }
}

interface Edit {
  readonly kind: ' ' | '-' | '+'
  /** Place of the line: in the new list when it is added, else in the old one. */
  readonly at: number
}

/** A unified diff of two lists of lines; empty when they are equal. */
export function unifiedDiff(from: readonly string[], to: readonly string[], options: UnifiedOptions): string {
  const edits = compareLines(options.keys?.from ?? from, options.keys?.to ?? to)
  const context = options.context ?? 3
  const changed = edits.flatMap((edit, at) => (edit.kind === ' ' ? [] : [at]))
  if (changed.length === 0) return ''
  let text = `--- ${options.fromName}\n+++ ${options.toName}\n`
  let fromLine = 1
  let toLine = 1
  let at = 0
  const advance = (until: number) => {
    for (; at < until; at++) {
      if (edits[at]?.kind !== '+') fromLine++
      if (edits[at]?.kind !== '-') toLine++
    }
  }
  for (let first = 0; first < changed.length; ) {
    let last = first
    while (
      last + 1 < changed.length &&
      (changed[last + 1] as number) - (changed[last] as number) <= 2 * context
    )
      last++
    const start = Math.max(0, (changed[first] as number) - context)
    const end = Math.min(edits.length, (changed[last] as number) + context + 1)
    advance(start)
    const hunk = edits.slice(start, end)
    const fromCount = hunk.filter((edit) => edit.kind !== '+').length
    const toCount = hunk.filter((edit) => edit.kind !== '-').length
    text += `@@ -${fromCount === 0 ? fromLine - 1 : fromLine},${fromCount} +${toCount === 0 ? toLine - 1 : toLine},${toCount} @@\n`
    text += hunk.map(({ kind, at: line }) => `${kind}${(kind === '+' ? to : from)[line]}\n`).join('')
    advance(end)
    first = last + 1
  }
  return text
}

/** More differing lines than this are shown as all removed and all added. */
const maxDistance = 4000

/** Shortest edit script after Myers, with equal ends cut off first. */
function compareLines(from: readonly string[], to: readonly string[]): Edit[] {
  let head = 0
  while (head < from.length && head < to.length && from[head] === to[head]) head++
  let tail = 0
  while (
    tail < from.length - head &&
    tail < to.length - head &&
    from[from.length - 1 - tail] === to[to.length - 1 - tail]
  ) {
    tail++
  }
  const middle = shortestEdits(from.slice(head, from.length - tail), to.slice(head, to.length - tail))
  return [
    ...edits(' ', head),
    ...middle.map(({ kind, at }): Edit => ({ kind, at: at + head })),
    ...edits(' ', tail, from.length - tail),
  ]
}

/** One edit of a kind for each of `count` lines from a place on. */
function edits(kind: Edit['kind'], count: number, first = 0): Edit[] {
  return Array.from({ length: count }, (_, index) => ({ kind, at: first + index }))
}

function shortestEdits(from: readonly string[], to: readonly string[]): Edit[] {
  const limit = Math.min(from.length + to.length, maxDistance)
  const offset = limit + 1
  const furthest = new Int32Array(2 * limit + 3)
  const trace: Int32Array[] = []
  for (let distance = 0; distance <= limit; distance++) {
    trace.push(furthest.slice(offset - distance - 1, offset + distance + 2))
    for (let diagonal = -distance; diagonal <= distance; diagonal += 2) {
      const below = furthest[offset + diagonal + 1] as number
      const left = furthest[offset + diagonal - 1] as number
      const isDown = diagonal === -distance || (diagonal !== distance && left < below)
      let x = isDown ? below : left + 1
      while (x < from.length && x - diagonal < to.length && from[x] === to[x - diagonal]) x++
      furthest[offset + diagonal] = x
      if (x >= from.length && x - diagonal >= to.length)
        return walkBack(from.length, to.length, trace, distance)
    }
  }
  return [...edits('-', from.length), ...edits('+', to.length)]
}

function walkBack(fromLength: number, toLength: number, trace: readonly Int32Array[], found: number): Edit[] {
  const result: Edit[] = []
  let x = fromLength
  let y = toLength
  for (let distance = found; distance > 0; distance--) {
    const saved = trace[distance] as Int32Array
    const at = (diagonal: number) => saved[diagonal + distance + 1] as number
    const diagonal = x - y
    const isDown = diagonal === -distance || (diagonal !== distance && at(diagonal - 1) < at(diagonal + 1))
    const previous = isDown ? diagonal + 1 : diagonal - 1
    const previousX = at(previous)
    const previousY = previousX - previous
    while (x > previousX && y > previousY) result.push({ kind: ' ', at: --x }) && y--
    if (isDown) result.push({ kind: '+', at: --y })
    else result.push({ kind: '-', at: --x })
  }
  while (x > 0) result.push({ kind: ' ', at: --x })
  return result.reverse()
}
