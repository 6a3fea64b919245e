import { bytesToByteString } from '../text/bytes.js'
import { buildStatement } from './build-statement.js'
import { lex } from './lexer.js'
import { Tree } from './tree.js'

/**
 * Parses RouterOS script or export text into a lossless tree. Accepts every string, never throws; what is wrong
 * with it is in `tree.problems`.
 */
export function parse(text: string): Tree {
  return new Tree(lex(text, { encoding: 'text' }), buildStatement)
}

/**
 * Parses bytes as they came from a device or a file. Nothing is decoded, so bytes that are no UTF-8 survive;
 * offsets count bytes, and `tree.source` has one character (0-255) per byte.
 */
export function parseBytes(bytes: Uint8Array): Tree {
  return new Tree(lex(bytesToByteString(bytes), { encoding: 'bytes' }), buildStatement)
}
