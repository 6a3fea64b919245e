import { describe, expect, it } from 'vitest'
import { allCells, nameOf } from '../../faults/cell.js'
import { endRules, expectedEnd } from '../../faults/expected-ends.js'
import { columnNames } from '../../faults/fault-columns.js'
import { tryCell } from '../../faults/run-cells.js'
import { drawCells } from './draw-cells.js'

/** The whole matrix is `npm run faults`; here is a sample of it, another one for another seed. */
const seed = Number(process.env.TOD_SEED ?? 20)
const sampleSize = Number(process.env.TOD_CELLS ?? 16)

describe(`a sample of the fault matrix (seed ${seed})`, () => {
  it.each(drawCells(seed, sampleSize).map((cell) => ({ name: nameOf(cell), cell })))(
    'ends as it was written down beforehand: $name',
    { timeout: 120_000 },
    async ({ cell }) => {
      const { violations } = await tryCell(cell)

      expect(violations).toEqual([])
    },
  )
})

describe('the expectations of the matrix', () => {
  it('name a reason for each cell, and what the router is left with where the end does not say it', () => {
    const unreasoned = allCells().filter((cell) => {
      const { end, leaves, because } = expectedEnd(cell)
      return because === '' || (end === 'failed' && leaves === undefined)
    })

    expect(unreasoned.map(nameOf)).toEqual([])
  })

  it('are all in use', () => {
    const used = new Set(allCells().map((cell) => expectedEnd(cell).because))

    expect(endRules.filter((rule) => !used.has(rule.because))).toEqual([])
  })

  it('know every fault of the simulator', async () => {
    const { faultNames } = await import('@tod/routeros-sim')
    const unused = faultNames.filter((fault) => !columnNames.some((column) => column.startsWith(fault)))

    expect(unused).toEqual([])
  })
})
