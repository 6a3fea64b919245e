import { allMenuPaths, menuFacts } from '@tod/rsc-parser'
import { globalNamesOf } from '../language/global-commands/global-names.js'
import type { CommandCatalog } from '../language/resolve-command.js'
import { extraDirectories, MenuTree } from '../state/menu-tree.js'
import type { RouterConfig } from '../state/router-config.js'
import { isIn } from './added-in.js'
import { commandTable } from './command-table.js'
import { liveMenus } from './live-menus.js'

const LIST =
  'add set remove print find get export enable disable comment move unset reset edit reset-counters reset-counters-all'.split(
    ' ',
  )
/** Entries that are always there: none can be added, moved or removed. */
const FIXED_LIST = LIST.filter((verb) => verb !== 'add' && verb !== 'remove' && verb !== 'move')
const SINGLETON = 'set print get export reset edit unset'.split(' ')
const LIVE = 'print get find set remove'.split(' ')

const extra = new Map<string, string[]>()
for (const key of commandTable.keys()) {
  const at = key.lastIndexOf(' ')
  const menu = key.slice(0, at) || '/'
  extra.set(menu, [...(extra.get(menu) ?? []), key.slice(at + 1)])
}

const trees = new Map<string, MenuTree>()

/** Menus and verbs of a router: those of the tables for its version, and those its configuration uses. */
export function catalogFor(version: readonly [number, number], config: RouterConfig): CommandCatalog {
  const [major, minor] = version
  let menus = trees.get(version.join('.'))
  if (menus === undefined) {
    const known = allMenuPaths().filter((path) => menuFacts(path, major)?.majors.includes(major))
    menus = new MenuTree([...known, ...extraDirectories].filter((path) => isIn(version, path)))
    trees.set(version.join('.'), menus)
  }
  for (const path of config.menus.keys()) menus.add(path)
  const verbsOf = new Map<string, ReadonlySet<string>>()
  return {
    menus,
    globals: globalNamesOf(major, minor),
    verbs: (menu) => {
      const known = verbsOf.get(menu)
      if (known !== undefined) return known
      const kind =
        config.menu(menu)?.kind ?? config.facts(menu)?.kind ?? (isConfigurable(menu) ? 'list' : undefined)
      const own = extra.get(menu) ?? []
      const usual = liveMenus.has(menu)
        ? liveVerbs(config, menu)
        : kind === 'list'
          ? config.facts(menu)?.builtin === 'fixed'
            ? FIXED_LIST
            : LIST
          : kind === 'singleton'
            ? SINGLETON
            : ['export']
      const verbs = new Set([...usual, ...own].filter((verb) => isIn(version, `${menu} ${verb}`)))
      verbsOf.set(menu, verbs)
      return verbs
    },
  }
}

/** Of what a router tells about itself, some is configuration too, and exported. */
function liveVerbs(config: RouterConfig, menu: string): string[] {
  const { inExport } = config.facts(menu) ?? {}
  return inExport === undefined || inExport === 'never' ? LIVE : [...LIVE, 'export']
}

/** `/interface` has verbs though its items live in its sub-menus. */
function isConfigurable(menu: string): boolean {
  return menu === '/interface' || menu === '/user ssh-keys'
}
