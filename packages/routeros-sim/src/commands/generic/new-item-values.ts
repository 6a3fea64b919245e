import { formatDate, formatTime, versionNumbers } from '../../export/export-header.js'
import type { Execution } from '../../language/execution.js'
import { failure } from '../../language/router-error.js'
import type { RouterCore } from '../../router-core.js'
import { scriptPolicies } from '../../state/builtin-items.js'
import type { StoredValue } from '../../state/config-item.js'
import { isInterfaceMenu } from '../../state/interface-family.js'
import { itemName } from '../../state/item-name.js'
import { networkOf } from '../../state/normalize-value.js'

type Complete = (router: RouterCore, values: Map<string, StoredValue>, execution: Execution) => void

function defaultPolicies(router: RouterCore, execution: Execution): string {
  return scriptPolicies(router.major)
    .split(',')
    .filter((policy) => execution.policies.has(policy))
    .join(',')
}

/** Refuses what device-mode and the flag refuse (facts 5.3). */
export function refuseByDeviceMode(router: RouterCore): void {
  const { deviceMode, flagged } = router.settings.behaviour
  if (deviceMode === 'home') throw failure('not allowed by device-mode')
  if (flagged) {
    throw failure(
      'configuration flagged, check all router configuration for unauthorized changes and update device-mode',
    )
  }
}

/** What a router fills in when items of a menu are added; it prints these although nobody gave them. */
const COMPLETE: Readonly<Record<string, Complete>> = {
  '/system scheduler': (router, values, execution) => {
    refuseByDeviceMode(router)
    const now = router.host.clock.localMs()
    const startup = values.get('start-time') === 'startup'
    if (!values.has('start-time')) values.set('start-time', formatTime(now))
    if (!values.has('start-date') && !startup)
      values.set('start-date', formatDate(now, router.settings.version))
    if (startup) values.delete('start-date')
    if (!values.has('policy')) values.set('policy', defaultPolicies(router, execution))
    values.set('.owner', execution.user)
  },
  '/system script': (router, values, execution) => {
    if (!values.has('dont-require-permissions')) values.set('dont-require-permissions', 'no')
    if (!values.has('policy')) values.set('policy', defaultPolicies(router, execution))
    values.set('owner', execution.user)
  },
  '/ip address': (_, values) => {
    const network = networkOf(values.get('address'))
    if (!values.has('network') && network !== undefined) values.set('network', network)
  },
  '/ip dns static': (router, values) => {
    const [, minor] = versionNumbers(router.settings.version)
    if (router.major >= 7 && minor >= 16 && values.has('address') && !values.has('type'))
      values.set('type', 'A')
  },
  '/snmp community': (_, values) => {
    if (!values.has('addresses')) values.set('addresses', '::/0')
  },
  '/tool netwatch': (router, values) => {
    if (router.major >= 7 && !values.has('type')) values.set('type', 'simple')
  },
  '/ip firewall mangle': (_, values) => {
    const marks = /^(?:mark|change)-/.test(String(values.get('action') ?? ''))
    if (marks && !values.has('passthrough')) values.set('passthrough', 'yes')
  },
  '/interface wireguard': (_, values) => {
    if (!values.has('mtu')) values.set('mtu', '1420')
    if (!values.has('listen-port')) values.set('listen-port', '13231')
  },
  '/queue tree': (_, values) => {
    if (!values.has('queue')) values.set('queue', 'default')
  },
  '/ip route': (router, values) => {
    if (router.major < 7 && !values.has('distance')) values.set('distance', '1')
  },
}

/** Stems of the names that interfaces and other things get when nobody names them. */
const NAME_STEMS: Readonly<Record<string, string>> = {
  '/ip pool': 'pool',
  '/ip dhcp-server': 'dhcp',
  '/system script': 'script',
  '/system scheduler': 'schedule',
  '/queue simple': 'queue',
  '/queue tree': 'queue',
  '/ppp profile': 'profile',
  '/interface list': 'list',
}

function autoName(router: RouterCore, path: string): string | undefined {
  const isInterface = isInterfaceMenu(path)
  const type = path.slice('/interface '.length)
  const stem =
    NAME_STEMS[path] ??
    (isInterface ? (type.endsWith('-client') ? type.replace('client', 'out') : type) : undefined)
  if (stem === undefined) return undefined
  const taken = new Set<string>()
  const menus = isInterface ? [...router.config.menus.keys()].filter(isInterfaceMenu) : [path]
  for (const menuPath of menus) {
    const menu = router.config.menu(menuPath)
    for (const item of menu?.items ?? []) {
      const name = menu === undefined ? undefined : itemName(menu, item)
      if (name !== undefined) taken.add(name)
    }
  }
  let number = 1
  while (taken.has(`${stem}${number}`)) number += 1
  return `${stem}${number}`
}

/** Completes the values of an item that is being added. @throws RouterError when the router refuses to add here. */
export function completeNewItem(
  router: RouterCore,
  path: string,
  values: Map<string, StoredValue>,
  execution: Execution,
): void {
  if (/^\/ip(?:v6)? firewall (?:filter|nat|mangle|raw)$/.test(path) && !values.has('action')) {
    values.set('action', 'accept')
  }
  COMPLETE[path]?.(router, values, execution)
  if (!values.has('name')) {
    const name = autoName(router, path)
    if (name !== undefined) values.set('name', name)
  }
}
