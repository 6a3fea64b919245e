/** Changes of one source file: each place, and what is put there. */
export interface SourceChange {
  /** Below `packages/`. */
  readonly file: string
  readonly edits: readonly (readonly [find: string, put: string])[]
}

/** A mistake planted into the protocol. */
export interface Mutation extends SourceChange {
  readonly name: string
  readonly about: string
  /** Cells of the matrix that have to see it: a pattern over their names. */
  readonly cells: string
  readonly also?: SourceChange
}

export const mutations: readonly Mutation[]
