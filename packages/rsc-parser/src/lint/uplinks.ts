import { propertyOf, type ViewItem } from '../impact/device-view.js'
import type { LintSource } from './lint-source.js'

/** Interfaces that look like the way to the outside, and the lists they are in. */
export class Uplinks {
  readonly #names = new Set<string>()

  constructor(source: LintSource) {
    const add = (items: readonly ViewItem[], property: string): void => {
      for (const item of items) {
        const value = propertyOf(item, property)
        if (value !== '' && !value.startsWith('!')) this.#names.add(value)
      }
    }
    add(source.enabled('/ip dhcp-client'), 'interface')
    add(source.enabled('/interface pppoe-client'), 'name')
    add(source.items('/interface lte'), 'name')
    const hiding = source
      .enabled('/ip firewall nat')
      .filter((rule) => ['masquerade', 'src-nat'].includes(propertyOf(rule, 'action')))
    add(hiding, 'out-interface')
    add(hiding, 'out-interface-list')
    for (const member of source.enabled('/interface list member')) {
      const [list, name] = [propertyOf(member, 'list'), propertyOf(member, 'interface')]
      if (this.#names.has(name)) this.#names.add(list)
      else if (this.#names.has(list)) this.#names.add(name)
    }
  }

  /** Whether an interface or a list may lead outside: true for every one when nothing tells which does. */
  mayBe(name: string): boolean {
    return this.#names.size === 0 || this.#names.has(name)
  }
}
