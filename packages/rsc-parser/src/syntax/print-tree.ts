import { byteStringToBytes } from '../text/bytes.js'
import type { Tree } from './tree.js'

/**
 * The source of a tree, put together again from its tokens: equal to what was parsed, for every input.
 * For a tree of `parseBytes` that is a byte string; `printBytes` gives the bytes themselves.
 */
export function print(tree: Tree): string {
  const parts: string[] = []
  for (let i = 0; i < tree.tokenCount; i++) parts.push(tree.tokenText(i))
  return parts.join('')
}

/** The bytes of a tree made by `parseBytes`; of a text tree its UTF-8 bytes. */
export function printBytes(tree: Tree): Uint8Array {
  const text = print(tree)
  return tree.encoding === 'bytes' ? byteStringToBytes(text) : new TextEncoder().encode(text)
}
