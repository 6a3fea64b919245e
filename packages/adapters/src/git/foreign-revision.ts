/** One state of one device as another system stored it. */
export interface ForeignRevision {
  /** What the other system calls the device: a folder's, node's or file's name. */
  readonly deviceName: string
  /** Names this state for good: commit id or path. An import that is run again passes over it. */
  readonly origin: string
  /** UTC, ms since 1970. */
  readonly createdAt: number
  /** First line of the commit message; empty for files. */
  readonly message: string
  readonly export: Uint8Array
  readonly binary: Uint8Array | null
}

/** Something that was not taken, and why. */
export interface SkippedFile {
  readonly path: string
  readonly reason: string
}

/** True for text that is an export of RouterOS: its header line, or menus at the beginning of lines. */
export function looksLikeExport(content: Uint8Array): boolean {
  const start = Buffer.from(content.subarray(0, 16_384)).toString('latin1')
  if (start.includes('\0')) return false
  return /^# .* by RouterOS /m.test(start) || /^\/(ip|interface|system|user|routing|snmp|tool)\b/m.test(start)
}

/** True for content that another system has sealed with a Transit engine: `vault:v1:…`. */
export function isSealedText(content: Uint8Array): boolean {
  return /^vault:v\d+:/.test(Buffer.from(content.subarray(0, 20)).toString('latin1'))
}
