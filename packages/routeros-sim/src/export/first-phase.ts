import { allMenuPaths, menuFacts } from '@tod/rsc-parser'
import type { ConfigItem } from '../state/config-item.js'
import { isInterfaceMenu } from '../state/interface-family.js'
import { findByName, namesIn, referenceTargets } from '../state/reference.js'
import type { RouterConfig } from '../state/router-config.js'
import type { VersionNumbers } from './export-header.js'

/**
 * An export first writes the menus whose items others name, so that nothing is named before it is there. The rule below
 * is that one; the exceptions are measured on public exports of 6.19 to 7.22.
 */

/** Menus that nothing names by name, and that stand in the first phase all the same. */
const ALSO_FIRST: ReadonlySet<string> = new Set([
  '/container mounts',
  '/disk',
  '/interface dot1x client',
  '/interface ethernet switch port',
  '/interface ethernet switch port-isolation',
  '/interface ethernet switch qos port',
  '/interface ethernet switch qos priority-flow-control',
  '/interface ethernet switch trunk',
  '/interface wireless channels',
  '/interface wireless manual-tx-power-table',
  '/interface wireless nstreme',
  '/ip ipsec peer profile',
  '/iot wiliot servers',
  '/ip socksify',
  '/lora servers',
  '/queue interface',
  '/tool user-manager customer',
  '/tool user-manager profile',
  '/tool user-manager profile limitation',
  '/user-manager attribute',
  '/zerotier interface',
])

/** Menus that are named by others, and stand in the second phase all the same. */
const NOT_FIRST: ReadonlySet<string> = new Set([
  '/ppp secret',
  '/system ntp key',
  '/tool traffic-generator packet-template',
  '/user',
])

/** Which releases write a menu in the first phase, where that changed. */
const FIRST_WHEN: Readonly<Record<string, (major: number, minor: number) => boolean>> = {
  '/system script': (major, minor) => major > 7 || (major === 7 && minor >= 22),
  '/ip ipsec peer': (major, minor) => major > 6 || minor >= 44,
  '/ip neighbor discovery': (major) => major < 7,
  '/ip smb users': (major) => major >= 7,
  // Seen among the rest on 6.27, and first on 6.35.
  '/queue interface': (major, minor) => major > 6 || minor > 27,
}

/**
 * Menus of which items are there that nothing uses, each with the menu of those users that an export shows. Leases,
 * sessions and people use them too, and are not shown.
 */
const OFTEN_UNUSED: Readonly<Record<string, string | undefined>> = {
  '/ip dhcp-server': '/ip dhcp-server lease',
  '/ip hotspot': undefined,
  '/ip hotspot profile': '/ip hotspot',
  '/ip ipsec profile': '/ip ipsec peer',
  '/system script': undefined,
}

/** Settings of a switch chip that have to wait for its bridges. */
const AFTER_BRIDGES = ['l3-hw-offloading', 'qos-hw-offloading']

let named: ReadonlySet<string> | undefined

/** Menus whose items others refer to by name. Marks, chains and lists that come to be by use are no such items. */
function namedMenus(): ReadonlySet<string> {
  if (named !== undefined) return named
  const found = new Set<string>()
  for (const path of allMenuPaths()) {
    for (const major of [6, 7]) {
      for (const spec of Object.values(menuFacts(path, major)?.refs ?? {})) {
        for (const target of referenceTargets(spec, path)) if (!target.byUse) found.add(target.menu)
      }
    }
  }
  named = found
  return found
}

/** True when a release writes a menu among those that others name. */
export function isFirstPhase(path: string, [major, minor]: VersionNumbers): boolean {
  const when = FIRST_WHEN[path]
  if (when !== undefined) return when(major, minor)
  if (NOT_FIRST.has(path)) return false
  return isInterfaceMenu(path) || ALSO_FIRST.has(path) || namedMenus().has(path)
}

/** True for menus whose place tells whether something unseen uses them. */
export function tellsOfUse(path: string, version: VersionNumbers): boolean {
  return path in OFTEN_UNUSED || (isFirstPhase(path, version) && !isInterfaceMenu(path))
}

type Printable = ReadonlyMap<string, readonly ConfigItem[]>

/** True when an item that the export writes names one of a menu. */
function isNamed(config: RouterConfig, path: string, printable: Printable): boolean {
  for (const [user, items] of printable) {
    for (const [property, spec] of Object.entries(config.facts(user)?.refs ?? {})) {
      if (!referenceTargets(spec, user).some(({ menu, byUse }) => menu === path && !byUse)) continue
      for (const item of items) {
        const value = item.values.get(property)
        if (typeof value !== 'string') continue
        if (namesIn(value, path).some((name) => findByName(config, path, name) !== undefined)) return true
      }
    }
  }
  return false
}

/**
 * Whether a menu of this configuration is written in the first phase. From 7.13 on only menus that something uses are.
 *
 * @param printable items that the export writes, by menu.
 */
export function isWrittenFirst(
  config: RouterConfig,
  path: string,
  version: VersionNumbers,
  printable: Printable,
): boolean {
  const [major, minor] = version
  // Of a menu that no table knows, only a loaded export can tell.
  if (config.facts(path) === undefined && config.menu(path)?.isUsedUnseen === true) return true
  if (path === '/interface ethernet switch') {
    const waits = printable.get(path)?.some((item) => AFTER_BRIDGES.some((name) => item.values.has(name)))
    if (waits === true) return false
  }
  // Mounts had names once, and are lists now that come to be by use.
  if (
    path === '/container mounts' &&
    printable.get(path)?.some(({ values }) => values.has('list')) === true
  ) {
    return false
  }
  if ((major === 7 && minor < 13) || major < 7 || !tellsOfUse(path, version))
    return isFirstPhase(path, version)
  const user = OFTEN_UNUSED[path]
  if (user !== undefined && printable.has(user)) return true
  const isUsed = config.menu(path)?.isUsedUnseen
  if (isUsed === undefined) return user === undefined && isFirstPhase(path, version)
  return isUsed || isNamed(config, path, printable)
}
