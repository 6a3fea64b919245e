import { describe, expect, it } from 'vitest'
import { unifiedDiff } from '../../src/index.js'
import { Random } from '../plan/random-config.js'

const names = { fromName: 'old', toName: 'new' }

/** Applies a unified diff strictly, as `patch` does. */
function patch(lines: readonly string[], diff: string): string[] {
  const result: string[] = []
  let at = 0
  for (const line of diff.split('\n').slice(2)) {
    const hunk = /^@@ -(\d+),(\d+) \+\d+,\d+ @@$/.exec(line)
    if (hunk !== null) {
      const start = Number(hunk[2]) === 0 ? Number(hunk[1]) : Number(hunk[1]) - 1
      while (at < start) result.push(lines[at++] as string)
      continue
    }
    const text = line.slice(1)
    if (line.startsWith('+')) result.push(text)
    else if (line !== '') {
      if (lines[at] !== text) throw new Error(`line ${at + 1} is not ${text}`)
      if (line.startsWith(' ')) result.push(text)
      at++
    }
  }
  return [...result, ...lines.slice(at)]
}

describe('unifiedDiff', () => {
  it('is empty for equal lists', () => {
    expect(unifiedDiff(['a', 'b'], ['a', 'b'], names)).toBe('')
  })

  it('gives hunks with three lines around a change', () => {
    const lines = Array.from({ length: 12 }, (_, at) => `line ${at + 1}`)

    expect(
      unifiedDiff(
        lines,
        lines.map((line) => (line === 'line 6' ? 'six' : line)),
        names,
      ),
    ).toBe(
      '--- old\n+++ new\n@@ -3,7 +3,7 @@\n line 3\n line 4\n line 5\n-line 6\n+six\n line 7\n line 8\n line 9\n',
    )
  })

  it('takes the old list to the new one, whatever they are', () => {
    const random = new Random(11)
    for (let round = 0; round < 300; round++) {
      const from = Array.from({ length: random.below(30) }, () => `l${random.below(8)}`)
      const to = from.flatMap((line) =>
        random.chance(0.2) ? [] : random.chance(0.2) ? [line, `n${random.below(5)}`] : [line],
      )
      const diff = unifiedDiff(from, to, names)

      expect(diff === '' ? from : patch(from, diff), `round ${round}`).toEqual(to)
    }
  })
})
