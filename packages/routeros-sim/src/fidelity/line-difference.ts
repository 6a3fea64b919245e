/** Pairs of indexes, in `a` and in `b`, of equal lines. */
type Pair = [number, number]

/** Most cells that the exact comparison may use; above it only lines that stand once on both sides are anchors. */
const MOST_CELLS = 4_000_000

/** Places of the lines that a text holds exactly once. */
function singles(lines: readonly string[], from: number, to: number): Map<string, number> {
  const places = new Map<string, number>()
  const repeated = new Set<string>()
  for (let i = from; i < to; i += 1) {
    const line = lines[i] ?? ''
    if (places.has(line)) repeated.add(line)
    places.set(line, i)
  }
  for (const line of repeated) places.delete(line)
  return places
}

/** The longest part of the pairs, given by their first index, whose second index ascends too. */
function longestAscending(pairs: readonly Pair[]): Pair[] {
  const ends: number[] = []
  const before: (number | undefined)[] = []
  pairs.forEach(([, second], index) => {
    let low = 0
    let high = ends.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((pairs[ends[middle] ?? 0]?.[1] ?? 0) < second) low = middle + 1
      else high = middle
    }
    before[index] = ends[low - 1]
    ends[low] = index
  })
  const kept: Pair[] = []
  for (let at = ends.at(-1); at !== undefined; at = before[at]) kept.push(pairs[at] ?? [0, 0])
  return kept.reverse()
}

/** The exact longest common part of two short ranges. */
function exact(a: readonly string[], b: readonly string[], [fromA, toA, fromB, toB]: Range): Pair[] {
  const rows = toA - fromA
  const columns = toB - fromB
  const width = columns + 1
  const table = new Uint32Array((rows + 1) * width)
  const cell = (i: number, j: number): number => table[i * width + j] ?? 0
  for (let i = rows - 1; i >= 0; i -= 1) {
    for (let j = columns - 1; j >= 0; j -= 1) {
      table[i * width + j] =
        a[fromA + i] === b[fromB + j] ? cell(i + 1, j + 1) + 1 : Math.max(cell(i + 1, j), cell(i, j + 1))
    }
  }
  const pairs: Pair[] = []
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    if (a[fromA + i] === b[fromB + j]) pairs.push([fromA + i++, fromB + j++])
    else if (cell(i + 1, j) >= cell(i, j + 1)) i += 1
    else j += 1
  }
  return pairs
}

type Range = readonly [fromA: number, toA: number, fromB: number, toB: number]

/** Lines of `a` and `b` that a short edit leaves alone: the shortest one where few lines differ. */
export function commonLines(a: readonly string[], b: readonly string[], range?: Range): Pair[] {
  let [fromA, toA, fromB, toB] = range ?? [0, a.length, 0, b.length]
  const head: Pair[] = []
  while (fromA < toA && fromB < toB && a[fromA] === b[fromB]) head.push([fromA++, fromB++])
  const tail: Pair[] = []
  while (toA > fromA && toB > fromB && a[toA - 1] === b[toB - 1]) tail.push([--toA, --toB])
  const middle = (): Pair[] => {
    if ((toA - fromA) * (toB - fromB) <= MOST_CELLS) return exact(a, b, [fromA, toA, fromB, toB])
    const inB = singles(b, fromB, toB)
    const shared = [...singles(a, fromA, toA)].flatMap(([line, i]): Pair[] => {
      const j = inB.get(line)
      return j === undefined ? [] : [[i, j]]
    })
    const anchors = longestAscending(shared.sort((x, y) => x[0] - y[0]))
    if (anchors.length === 0) return []
    let i = fromA
    let j = fromB
    return [...anchors, [toA, toB] as Pair].flatMap(([nextA, nextB]) => {
      const between = commonLines(a, b, [i, nextA, j, nextB])
      i = nextA + 1
      j = nextB + 1
      return nextA < toA ? [...between, [nextA, nextB] as Pair] : between
    })
  }
  return [...head, ...middle(), ...tail.reverse()]
}
