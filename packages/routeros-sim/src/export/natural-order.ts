/** Compares names as RouterOS sorts interfaces: runs of digits by their number, the rest by byte. */
export function compareNatural(a: string, b: string): number {
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    const left = /^\d+/.exec(a.slice(i))?.[0]
    const right = /^\d+/.exec(b.slice(j))?.[0]
    if (left !== undefined && right !== undefined) {
      if (Number(left) !== Number(right)) return Number(left) - Number(right)
      i += left.length
      j += right.length
      continue
    }
    const difference = a.charCodeAt(i) - b.charCodeAt(j)
    if (difference !== 0) return difference
    i += 1
    j += 1
  }
  return a.length - i - (b.length - j)
}
