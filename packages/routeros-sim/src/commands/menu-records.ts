import { versionNumbers } from '../export/export-header.js'
import { compareNatural } from '../export/natural-order.js'
import type { RouterCore } from '../router-core.js'
import type { ConfigItem } from '../state/config-item.js'
import type { ConfigMenu } from '../state/config-menu.js'
import { isInterfaceMenu } from '../state/interface-family.js'
import { itemName } from '../state/item-name.js'
import { type ItemRecord, recordOf } from './item-record.js'
import { liveMenus, liveRecords } from './live-menus.js'
import { routeRecords } from './route-records.js'

type Computed = (router: RouterCore, menu: ConfigMenu, item: ConfigItem) => Record<string, string>

/** Values that a router adds to configured items by itself. */
const computedProperties: Readonly<Record<string, Computed>> = {
  '/system scheduler': (router, menu, item) => {
    const next = router.scheduler.nextRunText(item)
    return {
      owner: menu.read(item, 'owner') ?? 'admin',
      'run-count': String(router.scheduler.runCount(item)),
      ...(next === undefined ? {} : { 'next-run': next }),
    }
  },
  '/system script': (router, menu, item) => ({
    owner: menu.read(item, 'owner') ?? 'admin',
    'run-count': String(router.jobs.runCounts.get(menu.read(item, 'name') ?? '') ?? 0),
  }),
  '/ip address': (_, menu, item) => ({ 'actual-interface': menu.read(item, 'interface') ?? '' }),
  '/ip service': (router, menu, item) => {
    const [major, minor] = versionNumbers(router.settings.version)
    if (major < 7) return {}
    const gaps = major > 7 || minor >= 18
    const number = SERVICE_NUMBERS[menu.read(item, 'name') ?? '']
    return { proto: 'tcp', ...(gaps && number !== undefined ? { '.number': number } : {}) }
  },
}

/** Row numbers of the services in newer versions, where dynamic rows stand between them. */
const SERVICE_NUMBERS: Readonly<Record<string, string>> = {
  ftp: '0',
  ssh: '1',
  telnet: '2',
  www: '7',
  'www-ssl': '9',
  winbox: '13',
  api: '15',
  'api-ssl': '17',
}

/** True when `set` and `print` of a menu take no item. */
export function isSingletonMenu(router: RouterCore, menu: string): boolean {
  const live = liveMenus.get(menu)
  if (live !== undefined) return live.kind === 'singleton'
  return (router.config.menu(menu)?.kind ?? router.config.facts(menu)?.kind) === 'singleton'
}

/** Names of the interfaces that belong to a bridge or a bond. */
function slaveNames(router: RouterCore): ReadonlySet<string> {
  const ports = router.config.menu('/interface bridge port')
  const bonds = router.config.menu('/interface bonding')
  return new Set([
    ...(ports?.items ?? []).flatMap((item) => ports?.read(item, 'interface') ?? []),
    ...(bonds?.items ?? []).flatMap((item) => bonds?.read(item, 'slaves')?.split(',') ?? []),
  ])
}

/** State of an interface: enabled ones run, since nothing is ever unplugged. */
function interfaceState(menu: ConfigMenu, item: ConfigItem, slaves: ReadonlySet<string>) {
  return {
    running: menu.read(item, 'disabled') === 'yes' ? 'no' : 'yes',
    slave: slaves.has(itemName(menu, item) ?? '') ? 'yes' : 'no',
  }
}

function interfaceRecords(router: RouterCore): ItemRecord[] {
  const slaves = slaveNames(router)
  const records: { readonly name: string; readonly record: ItemRecord }[] = []
  for (const menu of router.config.menus.values()) {
    if (!isInterfaceMenu(menu.path)) continue
    const type = menu.path.slice('/interface '.length)
    for (const item of menu.items) {
      const record = recordOf(menu, item, {
        type: type === 'ethernet' ? 'ether' : type,
        ...interfaceState(menu, item, slaves),
      })
      records.push({ name: record.properties.get('name') ?? '', record })
    }
  }
  return records.sort((a, b) => compareNatural(a.name, b.name)).map(({ record }) => record)
}

/** Records of a menu in print order. */
export function menuRecords(router: RouterCore, path: string): ItemRecord[] {
  const live = liveRecords(router, path)
  if (live !== undefined) return live
  if (path === '/interface') return interfaceRecords(router)
  if (isSingletonMenu(router, path)) {
    const item = router.config.singleton(path)
    return [recordOf(router.config.ensureMenu(path, 'singleton'), item)]
  }
  if (path === '/ip route') return routeRecords(router)
  const menu = router.config.menu(path)
  if (menu === undefined) return []
  if (isInterfaceMenu(path)) {
    const slaves = slaveNames(router)
    return menu.items.map((item) => recordOf(menu, item, interfaceState(menu, item, slaves)))
  }
  const computed = computedProperties[path]
  return menu.items.map((item) => recordOf(menu, item, computed?.(router, menu, item)))
}
