/** Lines of `a` and `b` that a shortest edit leaves alone, as pairs of indexes. */
export function commonLines(a: readonly string[], b: readonly string[]): [number, number][] {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1
  let endA = a.length
  let endB = b.length
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA -= 1
    endB -= 1
  }
  const pairs: [number, number][] = []
  for (let i = 0; i < start; i += 1) pairs.push([i, i])
  const rows = endA - start
  const columns = endB - start
  if (rows > 0 && columns > 0) {
    const table = Array.from({ length: rows + 1 }, () => new Uint32Array(columns + 1))
    for (let i = rows - 1; i >= 0; i -= 1) {
      for (let j = columns - 1; j >= 0; j -= 1) {
        const row = table[i] ?? new Uint32Array(0)
        const below = table[i + 1] ?? new Uint32Array(0)
        row[j] =
          a[start + i] === b[start + j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0)
      }
    }
    let i = 0
    let j = 0
    while (i < rows && j < columns) {
      if (a[start + i] === b[start + j]) {
        pairs.push([start + i, start + j])
        i += 1
        j += 1
      } else if ((table[i + 1]?.[j] ?? 0) >= (table[i]?.[j + 1] ?? 0)) i += 1
      else j += 1
    }
  }
  for (let i = endA, j = endB; i < a.length; i += 1, j += 1) pairs.push([i, j])
  return pairs
}
