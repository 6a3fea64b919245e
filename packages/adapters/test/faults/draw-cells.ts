import { allCells, type Cell } from '../../faults/cell.js'

/** Cells of the matrix drawn without repetition; the same ones for the same seed. */
export function drawCells(seed: number, count: number): readonly Cell[] {
  const left = [...allCells()]
  let state = seed >>> 0
  const draw = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 4_294_967_296) * below)
  }
  return Array.from({ length: Math.min(count, left.length) }, () => left.splice(draw(left.length), 1)).flat()
}
