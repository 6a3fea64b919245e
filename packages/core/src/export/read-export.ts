import {
  buildDocument,
  bytesToByteString,
  type Item,
  type RscDocument,
  significantText,
} from '@tod/rsc-parser'
import { sha256Hex, utf8Bytes } from '../digest/sha256.js'
import { guardPrefix } from '../routeros/push-names.js'

/** An export with everything that is read from it once. */
export interface ReadExport {
  /** As the device sent it. */
  readonly bytes: Uint8Array
  /** Byte string: one character a byte. */
  readonly text: string
  readonly document: RscDocument
  /** True when guard entries of ours are in it. */
  readonly holdsGuard: boolean
  /** Text without volatile lines and without our own entries; equal texts mean equal configuration. */
  readonly significant: string
  readonly significantSha256: string
}

/** Reads an export; never throws on content. */
export function readExport(bytes: Uint8Array): ReadExport {
  const text = bytesToByteString(bytes)
  const document = buildDocument(text)
  const own = guardItems(document)
  const significant = significantText(own.length === 0 ? text : cutItems(text, document, own))
  return {
    bytes,
    text,
    document: own.length === 0 ? document : buildDocument(cutItems(text, document, own)),
    holdsGuard: own.length > 0,
    significant,
    significantSha256: sha256Hex(utf8Bytes(significant)),
  }
}

/** First line of a text, without its line end. */
export function firstLine(text: string): string {
  return /^[^\r\n]*/.exec(text)?.[0] ?? ''
}

const schedulerMenu = '/system scheduler'

function guardItems(document: RscDocument): readonly Item[] {
  return (document.menu(schedulerMenu)?.items ?? []).filter(
    (item) => item.verb === 'add' && item.properties.get('name')?.value.startsWith(guardPrefix),
  )
}

/** The text without these items of the scheduler menu, and without the menu's heading when nothing else is in it. */
function cutItems(text: string, document: RscDocument, items: readonly Item[]): string {
  const section = document.menu(schedulerMenu)
  const isEmptied = section !== undefined && section.items.length === items.length
  const ranges = [
    ...items.flatMap((item) => [item.range, ...item.comments.map((comment) => comment.range)]),
    ...(isEmptied ? section.headings : []),
  ]
    .map(({ start, end }) => ({ start: lineStart(text, start), end: lineEnd(text, end) }))
    .sort((a, b) => a.start - b.start)
  let out = ''
  let kept = 0
  for (const range of ranges) {
    if (range.start > kept) out += text.slice(kept, range.start)
    kept = Math.max(kept, range.end)
  }
  return out + text.slice(kept)
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', Math.max(0, offset - 1))
  return end < 0 ? text.length : end + 1
}
