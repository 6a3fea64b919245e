import { NetworkState } from '../network/network-state.js'
import { gatewayInterface, localAddresses } from '../network/return-route.js'
import type { RouterCore } from '../router-core.js'
import type { ConfigItem } from '../state/config-item.js'
import type { ConfigMenu } from '../state/config-menu.js'
import { networkOf } from '../state/normalize-value.js'
import { type ItemRecord, recordOf } from './item-record.js'

/** Ids of connected routes lie far from those of configured ones. */
const CONNECTED_IDS = 0x20000000

/** Routes as `print` and `find` see them: configured ones with their state, then those of connected networks. */
export function routeRecords(router: RouterCore): ItemRecord[] {
  const menu = router.config.ensureMenu('/ip route')
  const net = new NetworkState(router.config, router.major)
  const local = localAddresses(net, 4)
  const configured = menu.items.map((item) => {
    const distance = menu.read(item, 'distance') ?? '1'
    const active = hasWayOut(net, menu, item) ? 'yes' : 'no'
    return recordOf(menu, item, { distance, static: 'yes', active })
  })
  const connected = local.flatMap(({ prefix, interface: gateway }, index): ItemRecord[] => {
    const network = networkOf(prefix)
    const bits = prefix.split('/')[1] ?? '32'
    if (network === undefined || bits === '32') return []
    const id = `*${(CONNECTED_IDS + index).toString(16).toUpperCase()}`
    const properties = {
      'dst-address': `${network}/${bits}`,
      'routing-table': 'main',
      gateway,
      distance: '0',
      disabled: 'no',
      dynamic: 'yes',
      connect: 'yes',
      active: 'yes',
    }
    return [{ id, properties: new Map(Object.entries(properties)) }]
  })
  return [...configured, ...connected]
}

function hasWayOut(net: NetworkState, menu: ConfigMenu, item: ConfigItem): boolean {
  if (menu.read(item, 'disabled') === 'yes') return false
  if (menu.read(item, 'blackhole') === 'yes') return true
  const local = localAddresses(net, 4)
  return (menu.read(item, 'gateway') ?? '')
    .split(',')
    .some((gateway) => gatewayInterface(net, gateway, local) !== undefined)
}
