import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { allCells, nameOf } from '../../faults/cell.js'
import { mutations } from '../../faults/mutations.mjs'

const packages = new URL('../../../', import.meta.url)

describe.each(mutations)('the planted mistake $name', ({ cells, ...mutation }) => {
  it('has its place in the sources, once', () => {
    const changes = [mutation, ...(mutation.also === undefined ? [] : [mutation.also])]

    for (const { file, edits } of changes) {
      const source = readFileSync(new URL(file, packages), 'utf8')
      for (const [find] of edits) expect(source.split(find)).toHaveLength(2)
    }
  })

  it('has cells that look for it', () => {
    const pattern = new RegExp(cells)

    expect(allCells().some((cell) => pattern.test(nameOf(cell)))).toBe(true)
  })
})
