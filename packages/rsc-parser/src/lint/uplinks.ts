import { listOf, propertyOf, type ViewItem } from '../impact/device-view.js'
import { parseIpPrefix, parseIpRange, prefixRange, rangeContains } from '../impact/ip-range.js'
import type { LintSource } from './lint-source.js'

/** Names that people give to the way out. */
const speaking = /wan|internet|uplink|outside|isp/i

/** Interfaces that look like the way to the outside, and the lists they are in. */
export class Uplinks {
  readonly #names = new Set<string>()

  constructor(source: LintSource) {
    const add = (items: readonly ViewItem[], property: string): void => {
      for (const item of items) this.#add(propertyOf(item, property))
    }
    add(source.enabled('/ip dhcp-client'), 'interface')
    add(source.enabled('/interface pppoe-client'), 'name')
    add(source.items('/interface lte'), 'name')
    const hiding = source
      .enabled('/ip firewall nat')
      .filter((rule) => ['masquerade', 'src-nat'].includes(propertyOf(rule, 'action')))
    add(hiding, 'out-interface')
    add(hiding, 'out-interface-list')
    for (const name of defaultRouteInterfaces(source)) this.#add(name)
    for (const member of source.enabled('/interface list member')) {
      const [list, name] = [propertyOf(member, 'list'), propertyOf(member, 'interface')]
      if (this.#names.has(name)) this.#names.add(list)
      else if (this.#names.has(list)) this.#names.add(name)
    }
  }

  /** Whether an interface or a list may lead outside: true for every one when nothing tells which does. */
  mayBe(name: string): boolean {
    return this.#names.size === 0 || this.#names.has(name) || speaking.test(name)
  }

  #add(name: string): void {
    if (name !== '' && !name.startsWith('!')) this.#names.add(name)
  }
}

function* defaultRouteInterfaces(source: LintSource): Iterable<string> {
  for (const route of source.enabled('/ip route')) {
    if (propertyOf(route, 'dst-address', '0.0.0.0/0') !== '0.0.0.0/0') continue
    for (const gateway of listOf(propertyOf(route, 'gateway'))) {
      const [hop = '', scope] = gateway.split('%')
      const address = parseIpRange(hop)
      if (scope !== undefined || address === undefined) {
        yield scope ?? hop
        continue
      }
      for (const item of source.enabled('/ip address')) {
        const prefix = parseIpPrefix(propertyOf(item, 'address'))
        if (prefix !== undefined && rangeContains(prefixRange(prefix), address))
          yield propertyOf(item, 'interface')
      }
    }
  }
}
