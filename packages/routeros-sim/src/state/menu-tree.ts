/** Directories of the command tree that hold no configuration, or that the fact tables leave out. */
export const extraDirectories: readonly string[] = `
/app /caps-man registration-table /caps-man remote-cap /caps-man radio /certificate /console /container /disk /environment /file
/interface /interface bridge host /interface bridge mdb /interface bridge msti /interface bridge nat
/interface ethernet /interface wireless registration-table /interface wifi registration-table
/ip /ip address /ip arp /ip dhcp-relay /ip dns cache /ip firewall /ip firewall connection /ip firewall raw /ip hotspot active
/ip hotspot host /ip ipsec active-peers /ip ipsec installed-sa /ip neighbor /ip route /ip route nexthop /ip route rule
/ip vrf /ipv6 /ipv6 address /ipv6 firewall /ipv6 neighbor /ipv6 route /log /mpls /partitions /port /ppp /ppp active /queue
/radius /routing /routing nexthop /routing route /routing bgp session /routing ospf neighbor /safe-mode /snmp /special-login
/system /system backup /system backup cloud /system clock /system console /system default-configuration /system device-mode
/system health /system history /system identity /system leds /system license /system logging /system note /system ntp
/system package /system package update /system resource /system resource cpu /system resource irq /system resource pci
/system resource usb /system routerboard /system scheduler /system script /system script environment /system script job
/system sup-output /system upgrade /system watchdog /task /terminal /tool /tool mac-server /tool netwatch /tool sniffer
/user /user active /user group /user ssh-keys /user ssh-keys private /user aaa /user settings
`
  .trim()
  .split(/\s+(?=\/)/)

/** The directories of the command tree: which words can follow which. */
export class MenuTree {
  readonly #children = new Map<string, Set<string>>()

  /** @param paths every directory, whatever it holds. */
  constructor(paths: Iterable<string>) {
    this.#children.set('/', new Set())
    for (const path of paths) this.add(path)
  }

  /** Makes a path and all above it known. */
  add(path: string): void {
    let parent = '/'
    for (const word of path.slice(1).split(' ')) {
      if (word === '') continue
      const siblings = this.#children.get(parent)
      siblings?.add(word)
      parent = parent === '/' ? `/${word}` : `${parent} ${word}`
      if (!this.#children.has(parent)) this.#children.set(parent, new Set())
    }
  }

  has(path: string): boolean {
    return this.#children.has(path)
  }

  /** Sub-directories of a directory, unsorted. */
  children(path: string): ReadonlySet<string> {
    return this.#children.get(path) ?? new Set()
  }
}

/** The path of a sub-directory. */
export function childPath(parent: string, word: string): string {
  return parent === '/' || parent === '' ? `/${word}` : `${parent} ${word}`
}
