import { allMenuPaths, menuFacts } from '@tod/rsc-parser'
import { exportErrorLine } from '../export/export-error.js'
import { exportHeader, versionNumbers } from '../export/export-header.js'
import { isFirstPhase } from '../export/first-phase.js'
import { firstPhaseKey, hasCapsman, secondPhaseKey } from '../export/section-key.js'
import { type ExportStyle, type WrittenSection, writeSections } from '../export/write-export.js'
import { holdsFor } from '../language/evaluate.js'
import { NOTHING } from '../language/script-value.js'
import type { RouterCore } from '../router-core.js'
import type { ConfigItem } from '../state/config-item.js'
import { viewOf } from './generic/read-items.js'
import { recordOf } from './item-record.js'
import type { CommandCall, MenuCommand } from './menu-command.js'

/** Live comments that this router puts in front of an item. */
function notesOf(router: RouterCore, item: ConfigItem): readonly string[] {
  if (item.menu === '/system scheduler' && router.scheduler.isInactivated()) {
    return ['# inactivated, not allowed by device-mode']
  }
  const { liveComments } = router.settings.behaviour
  if (liveComments === 'changing' && item.menu === '/interface ethernet') {
    const isFirst = router.config.menu(item.menu)?.items.find((one) => one.values.size > 0) === item
    const even = Math.floor(router.host.clock.uptimeMs() / 1000) % 2 === 0
    if (isFirst && even) return ['# poe-out status: short_circuit']
  }
  return []
}

/** The lines of an export of this router now, header included. */
export function exportLines(router: RouterCore, style: Omit<ExportStyle, 'notes'>): string[] {
  const full: ExportStyle = { ...style, notes: (item) => notesOf(router, item) }
  const sections = writeSections(router.config, versionNumbers(router.settings.version), full)
  return [
    ...exportHeader(router.settings, router.host.clock.localMs()),
    ...sections.flatMap((section) => section.lines),
  ]
}

async function whereItems(call: CommandCall): Promise<((item: ConfigItem) => boolean) | undefined> {
  const condition = call.args.where
  if (condition === undefined) return undefined
  const kept = new Set<ConfigItem>()
  const menu = call.router.config.menu(call.menu)
  for (const item of menu?.items ?? []) {
    if (menu === undefined) break
    if (await holdsFor(condition, call.execution, viewOf(recordOf(menu, item)))) kept.add(item)
  }
  return (item) => kept.has(item)
}

/** `path=/ip/firewall,!/ip/firewall/nat`: menus with what is below them, and those left out. */
function pathFilter(list: string | undefined): ((path: string) => boolean) | undefined {
  if (list === undefined) return undefined
  const paths = list.split(/[,;]/).map((path) =>
    path
      .replace(/^(!?)\/?/, '$1/')
      .replaceAll('/', ' ')
      .replace(' ', '/'),
  )
  const isUnder = (path: string, menu: string): boolean => path === menu || path.startsWith(`${menu} `)
  const left = paths.filter((path) => path.startsWith('!')).map((path) => path.slice(1))
  const taken = paths.filter((path) => !path.startsWith('!'))
  return (path) =>
    (taken.length === 0 || taken.some((menu) => isUnder(path, menu))) &&
    !left.some((menu) => isUnder(path, menu))
}

/** `/export` and `export` in a menu: compact, verbose, terse, with or without secrets, to the screen or a file. */
export const exportMenu: MenuCommand = async (call) => {
  const { router, execution, args } = call
  const { session } = execution
  const file = args.text('file')
  const mayShow = execution.policies.has('sensitive')
  const showSensitive =
    mayShow && (router.major >= 7 ? args.hasWord('show-sensitive') : !args.hasWord('hide-sensitive'))
  const where = await whereItems(call)
  const style: ExportStyle = {
    verbose: args.hasWord('verbose'),
    terse: args.hasWord('terse'),
    showSensitive,
    width: file === undefined ? session.width : 80,
    under: call.menu,
    ...(where === undefined ? {} : { where }),
    notes: (item) => notesOf(router, item),
  }
  const wanted = pathFilter(args.text('path'))
  const all = writeSections(router.config, versionNumbers(router.settings.version), style)
  const sections = wanted === undefined ? withEmptyMenus(call, all) : all.filter(({ path }) => wanted(path))
  let written = ''
  const out = (text: string): void => {
    if (file === undefined) session.write(text)
    else written += text
  }
  out(`${exportHeader(router.settings, router.host.clock.localMs()).join('\n')}\n`)
  for (const { path, lines } of sections) {
    const reason = await router.host.checkpoint({ at: 'export-menu', menu: path.slice(1) })
    if (reason !== undefined) {
      const interrupted = reason === 'interrupted'
      out(`${exportErrorLine(path, reason, router.settings.version)}\n${interrupted ? '#interrupted\n' : ''}`)
      if (interrupted) break
      continue
    }
    if (session.signal.aborted) return NOTHING
    if (lines.length > 0) out(`${lines.join('\n')}\n`)
    await session.drain?.()
  }
  if (file !== undefined) {
    const name = file.endsWith('.rsc') ? file : `${file}.rsc`
    await writeFile(call, name, written)
  }
  return NOTHING
}

/**
 * The sections with the menus that have nothing to say put between them: a router visits all of them, and each may
 * fail.
 */
function withEmptyMenus(call: CommandCall, sections: readonly WrittenSection[]): WrittenSection[] {
  if (call.menu !== '/') return [...sections]
  const { major, settings } = call.router
  const ranks = exportRanks(major, settings.version)
  const present = new Set(sections.map((section) => section.path))
  const absent = [...ranks].filter(([path]) => !present.has(path)).sort((a, b) => a[1] - b[1])
  const all: WrittenSection[] = []
  let next = 0
  for (const section of sections) {
    const rank = ranks.get(section.path) ?? Number.NEGATIVE_INFINITY
    for (; (absent[next]?.[1] ?? Number.POSITIVE_INFINITY) < rank; next++) {
      all.push({ path: absent[next]?.[0] ?? '', lines: [] })
    }
    all.push(section)
  }
  return [...all, ...absent.slice(next).map(([path]) => ({ path, lines: [] }))]
}

const ranksOfVersion = new Map<string, ReadonlyMap<string, number>>()

/** Places of the menus in an export of this version; found once, because every export asks. */
function exportRanks(major: number, text: string): ReadonlyMap<string, number> {
  const known = ranksOfVersion.get(text)
  if (known !== undefined) return known
  const version = versionNumbers(text)
  const keyed = exportedMenus(major).map((path) => {
    const key = isFirstPhase(path, version)
      ? `1${firstPhaseKey(path, hasCapsman([], version))}`
      : `2${secondPhaseKey(path, version)}`
    return { path, key }
  })
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  const ranks = new Map(keyed.map(({ path }, index) => [path, index]))
  ranksOfVersion.set(text, ranks)
  return ranks
}

const exported = new Map<number, readonly string[]>()

/** Menus that an export of this version looks at. */
function exportedMenus(major: number): readonly string[] {
  const known = exported.get(major)
  if (known !== undefined) return known
  const paths = allMenuPaths().filter((path) => {
    const facts = menuFacts(path, major)
    return facts?.majors.includes(major) === true && facts.inExport === 'seen'
  })
  exported.set(major, paths)
  return paths
}

async function writeFile(call: CommandCall, name: string, text: string): Promise<void> {
  await call.router.host.files.write(name, Buffer.from(text, 'latin1'))
}
