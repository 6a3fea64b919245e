import { allCells, type Cell, nameOf } from './cell.js'
import { type CellResult, judgeCell } from './judge-cell.js'
import { runCell } from './run-cell.js'

/** Runs one cell; a cell that crashes is a violation, not the end of the run. */
export async function tryCell(cell: Cell): Promise<CellResult> {
  try {
    return await runCell(cell)
  } catch (error) {
    const result = judgeCell(cell, {
      answer: { kind: 'none' },
      operation: undefined,
      operations: 1,
      present: 'old',
      firedAfterTheEnd: false,
      wasReached: true,
      files: [],
      guards: [],
      jobs: 0,
      lock: false,
    })
    return { ...result, violations: [`crashed: ${error instanceof Error ? error.message : String(error)}`] }
  }
}

/** Cells whose name matches, every `of`-th from `index` on: shards do not depend on each other. */
export function selectCells(pattern: RegExp, index: number, of: number): readonly Cell[] {
  return allCells()
    .filter((cell) => pattern.test(nameOf(cell)))
    .filter((_, place) => place % of === index)
}
