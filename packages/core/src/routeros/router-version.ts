/** A RouterOS version in numbers. */
export interface RouterVersion {
  readonly text: string
  readonly major: number
  readonly minor: number
  readonly patch: number
}

/** Reads `7.15.2 (stable)`, `6.49.13`, `7.18beta4`; undefined when it is no version. */
export function parseVersion(text: string): RouterVersion | undefined {
  const match = /^(\d+)\.(\d+)(?:\.(\d+)|(?:alpha|beta|rc)\d+)?/.exec(text.trim())
  if (match === null) return undefined
  return {
    text: /^\S+/.exec(text.trim())?.[0] ?? text,
    major: Number(match[1]),
    minor: Number(match[2]),
    patch: Number(match[3] ?? 0),
  }
}

/** True for `version` and everything after it. */
export function isAtLeast(version: RouterVersion, major: number, minor: number): boolean {
  return version.major > major || (version.major === major && version.minor >= minor)
}
