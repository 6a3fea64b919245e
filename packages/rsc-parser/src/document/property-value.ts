import type { SourceRange } from '../text/source-range.js'

/**
 * One property of an item. Values are byte strings: one character per byte, 0-255, because RouterOS stores
 * bytes and one file can mix UTF-8 with code pages. `displayText` turns one into text for people.
 */
export interface PropertyValue {
  /** Full name with an elided prefix expanded: `configuration.ssid` where the source says `.ssid`. */
  readonly name: string
  /** `set`: `name=value`; `unset`: `!name`; `flag`: a bare `name` that is present without a value. */
  readonly state: 'set' | 'unset' | 'flag'
  /** Decoded bytes; empty for `unset` and `flag`. A negation (`!LAN`) is part of the value. */
  readonly value: string
  /** False when the value holds code or variables, so that `value` is source text and not what a device has. */
  readonly constant: boolean
  readonly nameRange: SourceRange
  /** Range of the value as written with quotes; empty (start = end) for `unset` and `flag`. */
  readonly valueRange: SourceRange
}
