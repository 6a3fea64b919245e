import type { ConfigItem } from '../state/config-item.js'
import type { RouterConfig } from '../state/router-config.js'
import type { VersionNumbers } from './export-header.js'
import { exportTokens } from './export-tokens.js'
import { orderSections } from './order-sections.js'
import { wrapCommand } from './wrap-command.js'

/** How an export is to look. */
export interface ExportStyle {
  readonly verbose: boolean
  readonly terse: boolean
  readonly showSensitive: boolean
  /** Screen width in columns; 80 on exec and in files. */
  readonly width: number
  /** Only this menu and those below it; `/` or absent for all. */
  readonly under?: string
  /** Only items for which it holds (`export where …`). */
  readonly where?: (item: ConfigItem) => boolean
  /** Lines put in front of an item: comments that the router adds about its present state. */
  readonly notes?: (item: ConfigItem) => readonly string[]
}

/** One section of the written export. */
export interface WrittenSection {
  readonly path: string
  readonly lines: readonly string[]
}

/** Menus whose items appear only in an export of just that menu. */
const OWN_EXPORT_ONLY: ReadonlySet<string> = new Set(['/user', '/user ssh-keys', '/user active'])

function isUnder(path: string, under: string | undefined): boolean {
  return under === undefined || under === '/' || path === under || path.startsWith(`${under} `)
}

/** Items that an export of this style writes, by menu. */
function printableItems(config: RouterConfig, style: ExportStyle): Map<string, ConfigItem[]> {
  const printable = new Map<string, ConfigItem[]>()
  for (const menu of config.menus.values()) {
    if (!isUnder(menu.path, style.under)) continue
    if (menu.facts?.inExport === 'never' || OWN_EXPORT_ONLY.has(menu.path)) {
      if (style.under !== menu.path || menu.path !== '/user') continue
    }
    const isSilent = style.verbose && config.loadedVerbose && !menu.completeInExport
    const items = menu.items.filter((item) => {
      if (item.dynamic || style.where?.(item) === false) return false
      if (item.handle === undefined && menu.kind === 'list') return true
      return item.values.size > 0 || (style.verbose && !isSilent && item.base.size > 0)
    })
    if (items.length > 0) printable.set(menu.path, items)
  }
  return printable
}

/** Writes the sections of an export from the state. The header is not part of it. */
export function writeSections(
  config: RouterConfig,
  version: VersionNumbers,
  style: ExportStyle,
): WrittenSection[] {
  const width = style.terse ? Number.POSITIVE_INFINITY : style.width
  const written: WrittenSection[] = []
  for (const section of orderSections(config, version, printableItems(config, style), style.verbose)) {
    const menu = config.ensureMenu(section.path)
    const lines: string[] = []
    let underHeader = false
    for (const item of section.items) {
      const tokens = exportTokens(menu, item, style)
      const verb = item.handle === undefined && menu.kind === 'list' ? 'add' : 'set'
      if (tokens.length === 0 && verb === 'set') continue
      const notes = style.notes?.(item) ?? []
      const needsHeader = style.terse ? notes.length > 0 : !underHeader
      if (needsHeader) lines.push(section.path)
      underHeader = true
      lines.push(...notes)
      const lead = style.terse && notes.length === 0 ? `${section.path} ${verb}` : verb
      lines.push(...wrapCommand(lead, tokens, width))
    }
    if (lines.length > 0) written.push({ path: section.path, lines })
  }
  return written
}
