import { versionNumbers } from './export-header.js'

/**
 * The line an export has in place of a menu that failed (facts 1.9): the path with blanks in v6, with slashes from 7.1
 * on, and quoted with the reason from 7.11 on.
 */
export function exportErrorLine(menu: string, reason: string, version: string): string {
  const [major, minor] = versionNumbers(version)
  if (major < 7) return `#error exporting ${menu}`
  const path = menu.replaceAll(' ', '/')
  return minor < 11 ? `#error exporting ${path}` : `#error exporting "${path}" (${reason})`
}
