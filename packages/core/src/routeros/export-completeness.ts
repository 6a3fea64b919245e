import type { RscDocument } from '@tod/rsc-parser'

/** Menus that fail on healthy devices: a package is off. Source: RouterOS facts 1.9. */
const mayFail = [
  /^\/interface bridge calea$/,
  /^\/ip firewall calea$/,
  /^\/tool user-manager(?: |$)/,
  /^\/user-manager(?: |$)/,
]

/** Whether an export can be trusted to be all of it. */
export type Completeness =
  | { readonly complete: true; readonly incompleteMenus: readonly string[] }
  | { readonly complete: false; readonly reason: 'no-header' | 'interrupted' | 'menu-failed' }

/**
 * Judges an export whose end marker has come: it has a header, was not interrupted, and no menu failed except those that
 * fail on healthy devices.
 *
 * @param firstLine first line of the text.
 */
export function judgeCompleteness(document: RscDocument, firstLine: string): Completeness {
  if (!/^# .* by RouterOS \d/.test(firstLine)) return { complete: false, reason: 'no-header' }
  if (document.interrupted) return { complete: false, reason: 'interrupted' }
  const failed = document.incompleteMenus.map((menu) => menu.path)
  if (failed.some((path) => !mayFail.some((pattern) => pattern.test(path)))) {
    return { complete: false, reason: 'menu-failed' }
  }
  return { complete: true, incompleteMenus: [...new Set(failed)].sort() }
}
