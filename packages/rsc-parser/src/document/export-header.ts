import type { SourceRange } from '../text/source-range.js'

/** What the comment lines at the top of an export say. Absent fields were not stated. */
export interface ExportHeader {
  /** `7.15.2`, `7.18beta4`, `6.49.13`. */
  readonly routerosVersion?: string
  /** 6 or 7; 5 occurs in very old exports. Guessed from the content when there is no version line. */
  readonly major: number
  /** True when the version line was there and `major` is not a guess. */
  readonly majorIsStated: boolean
  /** Date and time as written. */
  readonly writtenAt?: string
  readonly softwareId?: string
  readonly systemId?: string
  readonly model?: string
  readonly serialNumber?: string
  /** Range of the header lines; empty when there are none. */
  readonly range: SourceRange
  /** How the commands are laid out: most of them with the path on the same line (`terse`) or not. */
  readonly layout: 'terse' | 'wrapped'
  /** True when the export states default values too, judged by content. */
  readonly verbose: boolean
}
