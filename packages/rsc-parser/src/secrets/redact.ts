import type { RscDocument } from '../document/rsc-document.js'
import { findSecrets } from './find-secrets.js'

/** What stands where a secret stood. Always the same, so that it does not tell the length. */
export const secretMask = '***'

/** A source without its secrets. */
export interface Redacted {
  /** The source, each secret replaced; everything else byte for byte. */
  readonly text: string
  /** How many secrets were replaced. */
  readonly count: number
}

/**
 * Replaces the secrets of a document in its source. `replace` gives what stands for a value: plain letters, digits
 * and `*`, for it is not quoted.
 */
export function redact(
  document: RscDocument,
  replace: (value: string) => string = () => secretMask,
): Redacted {
  const { source } = document.source
  const places = findSecrets(document)
  let text = ''
  let at = 0
  for (const { range, value } of places) {
    text += source.slice(at, range.start) + replace(value)
    at = range.end
  }
  return { text: text + source.slice(at), count: places.length }
}
