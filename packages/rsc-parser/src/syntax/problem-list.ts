import type { Problem, ProblemCode } from './problem.js'

/** How many problems one source may report before the rest is summed up in one; bounds memory on hostile input. */
const problemLimit = 1000

/** Collects problems up to a limit, so that a megabyte of stray brackets stays cheap. */
export class ProblemList {
  readonly problems: Problem[] = []
  #isFull = false

  /** Adds a problem; past the limit one `too-many-problems` is added and everything later is dropped. */
  add(code: ProblemCode, start: number, end: number, message: string): void {
    if (this.#isFull) return
    if (this.problems.length < problemLimit) {
      this.problems.push({ code, range: { start, end }, message })
      return
    }
    this.#isFull = true
    this.problems.push({
      code: 'too-many-problems',
      range: { start, end },
      message: `More than ${problemLimit} problems; the rest of the source is not reported.`,
    })
  }
}
