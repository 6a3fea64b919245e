import { parse, parseBytes } from '../syntax/parser.js'
import type { Tree } from '../syntax/tree.js'
import { byteStringToBytes } from '../text/bytes.js'
import { decodeString } from '../text/escape.js'
import type { SourceRange } from '../text/source-range.js'
import type { Item } from './item.js'
import type { PropertyValue } from './property-value.js'
import type { RscDocument } from './rsc-document.js'
import { isScriptProperty } from './script-properties.js'

/** Code that stands inside a property value, parsed. */
export interface EmbeddedScript {
  readonly property: PropertyValue
  /** Tree of the decoded code, one character per byte. */
  readonly tree: Tree
  /** Where a range of `tree` stands in the source of the document, escapes and line breaks included. */
  toSource(range: SourceRange): SourceRange
}

/** The code in the properties of an item, such as `source=` and `on-event=`; a mere script name is left out. */
export function embeddedScripts(document: RscDocument, item: Item): readonly EmbeddedScript[] {
  const facts = document.menu(item.menu)?.facts
  const scripts: EmbeddedScript[] = []
  for (const property of item.properties.values()) {
    if (!isScriptProperty(property.name, facts) || property.state !== 'set') continue
    if (!/[\s:/$[{;]/.test(property.value)) continue
    const script = embeddedScript(document, property)
    if (script !== undefined) scripts.push(script)
  }
  return scripts
}

/** The value of a property parsed as code, or `undefined` when it is neither quoted, in braces nor a bare word. */
export function embeddedScript(document: RscDocument, property: PropertyValue): EmbeddedScript | undefined {
  const { source, encoding } = document.source
  const { start, end } = property.valueRange
  if (start === end) return undefined
  const opens = source[start]
  if (opens === '"') {
    const inner = source[end - 1] === '"' && end - 1 > start ? end - 1 : end
    const decoded = decodeString(source, start + 1, inner, encoding, true)
    const offsets = decoded.offsets ?? new Uint32Array()
    const at = (offset: number) => offsets[offset] ?? inner
    return {
      property,
      tree: parseBytes(byteStringToBytes(decoded.value)),
      toSource: (range) => ({ start: at(range.start), end: at(range.end) }),
    }
  }
  const shift = opens === '{' ? start + 1 : start
  const stop = opens === '{' && source[end - 1] === '}' ? end - 1 : end
  const raw = source.slice(shift, stop)
  return {
    property,
    tree: encoding === 'bytes' ? parseBytes(byteStringToBytes(raw)) : parse(raw),
    toSource: (range) => ({ start: range.start + shift, end: range.end + shift }),
  }
}
