/** How many lines a change adds and removes. */
export interface LineChanges {
  readonly linesAdded: number
  readonly linesRemoved: number
}

/** Edit steps after which the exact count is given up for one that does not look at the order of lines. */
const maxEditSteps = 2000

/**
 * Counts added and removed lines as a line diff shows them. Texts that differ very much are counted as sets of lines:
 * moved lines then count as unchanged.
 *
 * @param before the earlier text, or undefined when there is none: then every line is added.
 */
export function countLineChanges(before: string | undefined, after: string): LineChanges {
  const newer = linesOf(after)
  if (before === undefined) return { linesAdded: newer.length, linesRemoved: 0 }
  const older = linesOf(before)
  let start = 0
  while (start < older.length && start < newer.length && older[start] === newer[start]) start++
  let tail = 0
  while (
    tail < older.length - start &&
    tail < newer.length - start &&
    older[older.length - 1 - tail] === newer[newer.length - 1 - tail]
  ) {
    tail++
  }
  const left = older.slice(start, older.length - tail)
  const right = newer.slice(start, newer.length - tail)
  const distance = editDistance(left, right)
  if (distance === undefined) return countAsSets(left, right)
  // Additions plus removals are the distance, additions less removals the difference in length.
  const linesAdded = (distance + right.length - left.length) / 2
  return { linesAdded, linesRemoved: distance - linesAdded }
}

function linesOf(text: string): readonly string[] {
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}

/** Myers: length of the shortest edit, or undefined beyond `maxEditSteps`. */
function editDistance(left: readonly string[], right: readonly string[]): number | undefined {
  const limit = Math.min(left.length + right.length, maxEditSteps)
  const furthest = new Int32Array(2 * limit + 3)
  const at = (diagonal: number) => furthest[diagonal + limit + 1] as number
  for (let steps = 0; steps <= limit; steps++) {
    for (let diagonal = -steps; diagonal <= steps; diagonal += 2) {
      const isDown = diagonal === -steps || (diagonal !== steps && at(diagonal - 1) < at(diagonal + 1))
      let x = isDown ? at(diagonal + 1) : at(diagonal - 1) + 1
      let y = x - diagonal
      while (x < left.length && y < right.length && left[x] === right[y]) {
        x++
        y++
      }
      furthest[diagonal + limit + 1] = x
      if (x >= left.length && y >= right.length) return steps
    }
  }
  return undefined
}

function countAsSets(left: readonly string[], right: readonly string[]): LineChanges {
  const counts = new Map<string, number>()
  for (const line of left) counts.set(line, (counts.get(line) ?? 0) + 1)
  let linesAdded = 0
  for (const line of right) {
    const count = counts.get(line) ?? 0
    if (count === 0) linesAdded++
    else counts.set(line, count - 1)
  }
  return { linesAdded, linesRemoved: left.length - (right.length - linesAdded) }
}
