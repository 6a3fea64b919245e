import { propertyOf } from '../impact/device-view.js'
import type { LintSource } from './lint-source.js'

/** Interfaces on which the device serves clients of its own: what comes in by them does not come from outside. */
export class InnerInterfaces {
  readonly #serving: ReadonlySet<string>
  readonly #members = new Map<string, string[]>()

  constructor(source: LintSource) {
    this.#serving = new Set(
      ['/ip dhcp-server', '/ip hotspot', '/interface pppoe-server server']
        .flatMap((menu) => source.enabled(menu))
        .map((item) => propertyOf(item, 'interface')),
    )
    for (const member of source.enabled('/interface list member')) {
      const list = propertyOf(member, 'list')
      this.#members.set(list, [...(this.#members.get(list) ?? []), propertyOf(member, 'interface')])
    }
  }

  /** True for such an interface, and for a list of nothing else. */
  has(name: string): boolean {
    return (
      this.#serving.has(name) || (this.#members.get(name)?.every((each) => this.#serving.has(each)) ?? false)
    )
  }
}
