/** What the comment lines on top of an export are made of. */
export interface ExportIdentity {
  /** `7.16.1` */
  readonly version: string
  /** `CHR` or absent: a virtual router, which names no model. */
  readonly model?: string
  readonly serialNumber?: string
  readonly softwareId?: string
  /** Newer virtual routers print this in place of the software id. */
  readonly systemId?: string
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** A RouterOS version as two numbers, for what changed between releases. */
export type VersionNumbers = readonly [major: number, minor: number]

/** Major and minor number of a version text. */
export function versionNumbers(version: string): VersionNumbers {
  const match = /^(\d+)(?:\.(\d+))?/.exec(version)
  return [Number(match?.[1] ?? 7), Number(match?.[2] ?? 0)]
}

/** True from 7.10 on: dates are written `2024-01-02`, before `jan/02/2024`. */
function hasIsoDates(version: string): boolean {
  const [major, minor] = versionNumbers(version)
  return major > 7 || (major === 7 && minor >= 10)
}

/** The date as this version writes it. `localMs` is local wall clock read as UTC. */
export function formatDate(localMs: number, version: string): string {
  const [year = '1970', month = '01', day = '01'] = new Date(localMs).toISOString().slice(0, 10).split('-')
  return hasIsoDates(version) ? `${year}-${month}-${day}` : `${MONTHS[Number(month) - 1]}/${day}/${year}`
}

/** The time of day, `09:40:07`. */
export function formatTime(localMs: number): string {
  return new Date(localMs).toISOString().slice(11, 19)
}

/** The header lines of an export (facts 1.1). */
export function exportHeader(identity: ExportIdentity, localMs: number): string[] {
  const { version, model, serialNumber, softwareId, systemId } = identity
  const lines = [`# ${formatDate(localMs, version)} ${formatTime(localMs)} by RouterOS ${version}`]
  lines.push(
    systemId === undefined ? `# software id = ${softwareId ?? ''}` : `# system id = ${systemId}`,
    '#',
  )
  const [major, minor] = versionNumbers(version)
  // Before 6.40 the board was not named. Seen on 5.26 to 6.38.
  if (major < 6 || (major === 6 && minor < 40)) return lines
  if (model !== undefined && model !== 'CHR') {
    lines.push(`# model = ${model}`)
    if (serialNumber !== undefined) lines.push(`# serial number = ${serialNumber}`)
  } else if (major < 7) lines.push('#', '#')
  return lines
}
