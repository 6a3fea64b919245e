import type { Address, FilterRule, Office } from './random-office.js'

/** One concrete connection attempt. */
export interface Attempt {
  source: string
  sourcePort: number
  destination: string
  port: number
  /** Port and tag by which the manager's frames come in. */
  wire: { port: string; tag?: number }
}

/** Decides what no configuration tells: does this matcher hold for this packet? */
export type Oracle = (question: string) => boolean

interface Packet {
  source: number
  destination: number
  sourcePort: number
  destinationPort: number
  in: string | undefined
  out: string | undefined
  state: 'new' | 'established' | 'untracked' | 'none'
  natted: boolean
  flags: ReadonlySet<string>
  toSelf: boolean
  moment: string
}

const number = (address: string): number =>
  address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)

function inside(text: string, address: number): boolean {
  if (text.includes('-')) {
    const [first = '', last = ''] = text.split('-')
    return number(first) <= address && address <= number(last)
  }
  const [base = '', length = '32'] = text.split('/')
  const size = 2 ** (32 - Number(length))
  return Math.floor(number(base) / size) === Math.floor(address / size)
}

/**
 * A router that takes one packet at a time, written without any of the code under test: the first packet of a
 * connection, the answer, and the client's next packet must all get through.
 */
export class ReferenceRouter {
  readonly #office: Office
  readonly #oracle: Oracle
  #listed = new Set<string>()

  constructor(office: Office, oracle: Oracle) {
    this.#office = office
    this.#oracle = oracle
  }

  admits(attempt: Attempt): boolean {
    this.#listed = new Set()
    const office = this.#office
    const source = number(attempt.source)
    const destination = number(attempt.destination)
    const incoming = this.arrival(attempt.wire)
    if (incoming === undefined) return false
    const packet: Packet = {
      source,
      destination,
      sourcePort: attempt.sourcePort,
      destinationPort: attempt.port,
      in: incoming,
      out: undefined,
      state: office.tracking === 'no' ? 'none' : 'new',
      natted: false,
      flags: new Set(['syn']),
      toSelf: this.#isOwn(destination),
      moment: 'first',
    }
    const raw = this.#run(office.raw, 'prerouting', packet)
    if (raw.verdict === 'drop') return false
    if (raw.notrack && office.tracking !== 'no') packet.state = 'untracked'
    if (packet.state === 'new') this.#translate(packet)
    if (!this.#isOwn(packet.destination)) return false
    packet.toSelf = true
    const back = this.#route(source)
    if (office.rpFilter === 'strict' && back?.leaves !== incoming) return false
    if (this.#run(office.filter, 'input', packet).verdict === 'drop') return false
    if (!this.#serves(packet.destinationPort, source)) return false
    if (back === undefined || back.leaves === undefined) return false
    if (back.connected && back.leaves !== incoming) return false
    const isNone = packet.state === 'none'
    const established = isNone ? 'none' : packet.state === 'untracked' ? 'untracked' : 'established'
    const reply: Packet = {
      ...packet,
      source: packet.destination,
      destination: source,
      sourcePort: packet.destinationPort,
      destinationPort: attempt.sourcePort,
      in: undefined,
      out: back.leaves,
      state: established,
      flags: new Set(['syn', 'ack']),
      toSelf: false,
      moment: 'reply',
    }
    if (this.#run(office.raw, 'output', reply).verdict === 'drop') return false
    if (this.#run(office.filter, 'output', reply).verdict === 'drop') return false
    const next: Packet = { ...packet, state: established, flags: new Set(['ack']), moment: 'next' }
    const before: Packet = {
      ...next,
      destination,
      destinationPort: attempt.port,
      natted: false,
      toSelf: this.#isOwn(destination),
    }
    if (this.#run(office.raw, 'prerouting', before).verdict === 'drop') return false
    return this.#run(office.filter, 'input', next).verdict !== 'drop'
  }

  /** The interface on which frames of a wire appear, or nothing. */
  arrival(wire: Attempt['wire']): string | undefined {
    const port = this.#office.ports.find((each) => each.name === wire.port)
    if (port === undefined || port.disabled) return undefined
    const { bridge } = this.#office
    const member = bridge?.ports.find((each) => each.port === wire.port && !each.disabled)
    if (bridge === undefined || member === undefined) return this.#upon(wire.port, wire.tag)
    if (bridge.disabled) return undefined
    if (!bridge.filtering) return this.#upon('bridge', wire.tag)
    if (wire.tag === undefined && member.frames === 'admit-only-vlan-tagged') return undefined
    if (wire.tag !== undefined && member.frames === 'admit-only-untagged-and-priority-tagged')
      return undefined
    const vlan = wire.tag ?? member.pvid
    const rows = bridge.rows.filter((row) =>
      row.ids.split(',').some((part) => {
        const [first, last = first] = part.split('-').map(Number)
        return (first ?? 0) <= vlan && vlan <= (last ?? 0)
      }),
    )
    const tagged = rows.some((row) => row.tagged.includes(wire.port))
    const untagged =
      rows.some((row) => row.untagged.includes(wire.port)) ||
      (!tagged && member.pvid === vlan && member.frames !== 'admit-only-vlan-tagged')
    // The frame must come in, and the answer must go out, in the same form.
    if (wire.tag === undefined ? !untagged : !tagged) return undefined
    if (rows.some((row) => row.tagged.includes('bridge'))) return this.#upon('bridge', vlan)
    return bridge.pvid === vlan ? 'bridge' : undefined
  }

  #upon(name: string, tag: number | undefined): string | undefined {
    if (tag === undefined) return name
    const vlan = this.#office.vlans.find((each) => each.on === name && each.id === tag && !each.disabled)
    return vlan?.name
  }

  /** An address counts when its interface is there, on, and no port of the bridge. */
  usable(address: Address): boolean {
    if (address.disabled) return false
    const vlan = this.#office.vlans.find((each) => each.name === address.on)
    if (vlan !== undefined) return !vlan.disabled && this.#isUp(vlan.on)
    return this.#isUp(address.on)
  }

  #isUp(name: string): boolean {
    if (name === 'bridge') return this.#office.bridge !== undefined && !this.#office.bridge.disabled
    return this.#office.ports.some((each) => each.name === name && !each.disabled)
  }

  #isOwn(address: number): boolean {
    return this.#office.addresses.some((each) => this.usable(each) && number(each.address) === address)
  }

  #translate(packet: Packet): void {
    for (const rule of this.#office.nat) {
      if (rule.disabled || !this.#matches(rule, packet)) continue
      if (rule.action === 'accept') return
      packet.natted = true
      if (rule.toPort !== undefined) packet.destinationPort = rule.toPort
      if (rule.action === 'dst-nat' && rule.toAddress !== undefined)
        packet.destination = number(rule.toAddress)
      if (rule.action === 'redirect') {
        const own = this.#office.addresses.find((each) => each.on === packet.in && this.usable(each))
        packet.destination = own === undefined ? -1 : number(own.address)
      }
      return
    }
  }

  #serves(port: number, source: number): boolean {
    const { ssh } = this.#office
    if (port !== ssh.port || ssh.disabled) return false
    return ssh.address.length === 0 || ssh.address.some((each) => inside(each, source))
  }

  /** Interfaces that routes for an address lead out by, best first, up to the first that is certainly used. */
  leadsBack(address: string): string[] {
    const best = this.#route(number(address))
    return best?.leaves === undefined ? [] : [best.leaves]
  }

  /** True for an interface by which some route leaves. */
  leadsOut(name: string): boolean {
    return this.#office.routes.some((each) => !each.blackhole && this.#hop(each.gateway) === name)
  }

  /** The way to an address: the interface, unless it is thrown away. */
  #route(address: number): { leaves: string | undefined; connected: boolean } | undefined {
    const connected = this.#office.addresses.filter((each) => this.usable(each))
    const candidates: { length: number; distance: number; leaves: string | undefined; connected: boolean }[] =
      connected
        .filter((each) => inside(`${each.address}/${each.length}`, address))
        .map((each) => ({ length: each.length, distance: 0, leaves: each.on, connected: true }))
    for (const route of this.#office.routes) {
      const [, length = '0'] = route.destination.split('/')
      if (!inside(route.destination, address)) continue
      const leaves = route.blackhole ? undefined : this.#hop(route.gateway)
      if (leaves === undefined && !route.blackhole) continue
      candidates.push({ length: Number(length), distance: route.distance, leaves, connected: false })
    }
    candidates.sort((a, b) => b.length - a.length || a.distance - b.distance)
    const [best] = candidates
    const equal = candidates.filter((each) => each.length === best?.length && each.distance === best.distance)
    return equal[equal.length > 1 && this.#oracle('equal cost') ? 1 : 0]
  }

  #hop(gateway: string, depth = 0): string | undefined {
    if (!/^\d/.test(gateway)) return this.#isUp(gateway) ? gateway : undefined
    const hop = number(gateway)
    const networks = this.#office.addresses.filter(
      (each) => this.usable(each) && inside(`${each.address}/${each.length}`, hop),
    )
    networks.sort((a, b) => b.length - a.length)
    if (networks[0] !== undefined) return networks[0].on
    // A gateway behind another route leaves by that one.
    const behind = this.#office.routes.filter(
      (each) => !each.blackhole && !each.destination.endsWith('/0') && inside(each.destination, hop),
    )
    behind.sort((a, b) => Number(b.destination.split('/')[1]) - Number(a.destination.split('/')[1]))
    const [next] = behind
    return next === undefined || depth >= 4 ? undefined : this.#hop(next.gateway, depth + 1)
  }

  #run(
    rules: readonly FilterRule[],
    chain: string,
    packet: Packet,
  ): { verdict: 'accept' | 'drop' | 'return'; notrack: boolean } {
    let notrack = false
    for (const rule of rules) {
      if (rule.chain !== chain || rule.disabled || !this.#matches(rule, packet)) continue
      if (rule.action === 'accept') return { verdict: 'accept', notrack }
      if (rule.action === 'drop' || rule.action === 'reject') return { verdict: 'drop', notrack }
      if (rule.action === 'return') return { verdict: 'return', notrack }
      if (rule.action === 'notrack') notrack = true
      if (rule.action === 'add-src-to-address-list') this.#listed.add(`${rule.list} ${packet.source}`)
      if (rule.action !== 'jump') continue
      const inner = this.#run(rules, rule.target ?? '', packet)
      if (inner.verdict !== 'return') return inner
    }
    const isBuiltIn = ['input', 'output', 'forward', 'prerouting'].includes(chain)
    return { verdict: isBuiltIn ? 'accept' : 'return', notrack }
  }

  #matches(rule: FilterRule, packet: Packet): boolean {
    // The device does not use a rule that names a port of the bridge.
    const members = new Set(
      (this.#office.bridge?.ports ?? []).filter((each) => !each.disabled).map((each) => each.port),
    )
    for (const [name, value] of rule.matchers) {
      if ((name === 'in-interface' || name === 'out-interface') && members.has(value.replace('!', '')))
        return false
    }
    return rule.matchers.every(([name, value]) => this.#holds(name, value, rule, packet))
  }

  #holds(name: string, value: string, rule: FilterRule, packet: Packet): boolean {
    const negated = value.startsWith('!') && name !== 'tcp-flags'
    const wanted = negated ? value.slice(1) : value
    const plain = (): boolean => {
      switch (name) {
        case 'protocol':
          return wanted === 'tcp'
        case 'src-address':
          return inside(wanted, packet.source)
        case 'dst-address':
          return inside(wanted, packet.destination)
        case 'src-port':
          return within(wanted, packet.sourcePort)
        case 'dst-port':
          return within(wanted, packet.destinationPort)
        case 'src-address-list':
          return this.#isListed(wanted, packet.source, packet)
        case 'in-interface':
          return packet.in === wanted
        case 'out-interface':
          return packet.out === wanted
        case 'in-interface-list':
          return packet.in !== undefined && this.#inList(wanted, packet.in)
        case 'dst-address-type':
          if (wanted === 'local') return packet.toSelf
          return !packet.toSelf || this.#oracle('unicast covers own addresses')
        case 'connection-nat-state':
          return packet.natted
        case 'connection-state':
          return wanted.split(',').includes(packet.state)
        default:
          return false
      }
    }
    if (name === 'tcp-flags') return flagsHold(value, packet.flags)
    if (name === 'time') return this.#oracle(`time ${value}`)
    if (name === 'limit' || name === 'content')
      return this.#oracle(`${packet.moment} ${JSON.stringify(rule)}`)
    if (name.startsWith('connection-') && packet.state === 'none') return false
    return plain() !== negated
  }

  #isListed(list: string, address: number, packet: Packet): boolean {
    if (this.#listed.has(`${list} ${address}`)) return true
    if (this.#office.addressLists.some((each) => each.list === list && inside(each.address, address)))
      return true
    // An earlier packet from the same place may have got it listed, if any packet from there could.
    const isFilled = this.#office.filter.some((rule) => {
      if (rule.disabled || rule.list !== list) return false
      if (packet.moment === 'reply' ? rule.chain === 'input' : rule.chain === 'output') return false
      const bySource = rule.matchers.filter(([name]) =>
        (packet.moment === 'reply'
          ? ['src-address']
          : ['src-address', 'in-interface', 'in-interface-list']
        ).includes(name),
      )
      return bySource.every(([name, value]) => this.#holds(name, value, rule, packet))
    })
    return isFilled && this.#oracle(`${address} in ${list} from before`)
  }

  #inList(list: string, name: string): boolean {
    if (list === 'all' || list === 'static') return true
    const found = this.#office.lists.find((each) => each.name === list)
    if (found === undefined) return false
    if (found.members.includes(name)) return true
    return (
      found.include.some((each) => this.#inList(each, name)) &&
      !found.exclude.some((each) => this.#inList(each, name))
    )
  }
}

function within(ports: string, port: number): boolean {
  return ports.split(',').some((part) => {
    const [first = 0, last = first] = part.split('-').map(Number)
    return first <= port && port <= last
  })
}

function flagsHold(text: string, flags: ReadonlySet<string>): boolean {
  return text.split(',').every((flag) => (flag.startsWith('!') ? !flags.has(flag.slice(1)) : flags.has(flag)))
}
