import { parseBytes, type Tree } from '@tod/rsc-parser'
import type { TextPosition } from './router-error.js'

/** A parsed text that the interpreter runs: a command line, a file, the source of a script. */
export interface ScriptSource {
  /** Byte string. */
  readonly text: string
  readonly tree: Tree
}

/** Parses a byte string. Never throws: what cannot be read is found when it is to run. */
export function scriptSource(text: string): ScriptSource {
  return { text, tree: parseBytes(Buffer.from(text, 'latin1')) }
}

/** Line and column of an offset. */
export function positionIn(source: ScriptSource, offset: number): TextPosition {
  return source.tree.position(offset)
}
