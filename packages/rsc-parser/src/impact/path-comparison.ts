import type { Admission } from './admission.js'
import { type Condition, NEVER } from './condition-space.js'
import { type DeviceView, isEnabled, propertyOf } from './device-view.js'
import { formerInterfaceNames } from './interface-renames.js'
import type { ManagementPacket, TraceStep } from './management-path.js'
import type { ReadPath } from './packet-factory.js'
import { PathQuestion } from './path-question.js'
import type { PathUse } from './path-use.js'
import { sameWhereItMatters, unmodelledChanges } from './unmodelled-changes.js'

/** What a change does to the way in. */
export type LockoutVerdict = 'safe' | 'lockout' | 'at-risk'

/** What a change does to a path, and what decided. */
export interface PathChange {
  readonly verdict: LockoutVerdict
  /** One sentence. */
  readonly because: string
  /** The way of a packet that gets in now and not afterwards; for `safe` that of one that gets in. */
  readonly trace: readonly TraceStep[]
  readonly counterexample?: ManagementPacket
  /** What would have to be known to be sure; empty unless `at-risk`. */
  readonly unknowns: readonly string[]
}

const readMenus =
  /^\/(interface|caps-man|ppp|routing|user|radius|zerotier|mpls|snmp)( |$)|^\/(ip|ipv6) (address|route|firewall|service|settings|vrf|arp|dhcp-client|dhcp-server|hotspot|ipsec|ssh|dns static|proxy|socks|pool)( |$)|^\/system (script|scheduler)$|^\/tool netwatch$/

/** True for a menu that the analysis reads or watches; a change elsewhere changes no verdict. */
export function isReadMenu(menu: string): boolean {
  return readMenus.test(menu)
}

/** Tunnels in tunnels that are followed. */
const maxTunnelDepth = 2

/** A path of which it is known when it works in the current document; targets are compared with that. */
export class PathComparison {
  readonly #current: DeviceView
  readonly #read: ReadPath
  readonly #question: PathQuestion
  readonly #before: Admission | undefined
  readonly #admittedNow: Condition
  readonly #use: PathUse
  /** The paths of the packets that tunnels on this path consist of, by the name of the tunnel. */
  readonly #below: readonly { readonly name: string; readonly comparison: PathComparison }[]

  constructor(current: DeviceView, read: ReadPath, depth = 0) {
    this.#current = current
    this.#read = read
    this.#question = new PathQuestion(current, read, false)
    this.#before = this.#question.ask(current)
    this.#use = { ...this.#question.useOf(current), services: this.#before?.services ?? new Set() }
    const { conditions, valid } = this.#question.packets
    this.#admittedNow = conditions.and(valid, this.#before?.admitted ?? NEVER)
    const below = depth < maxTunnelDepth ? this.#question.tunnelPathsOf(current, this.#use) : []
    this.#below = below.map((path) => ({
      name: path.name,
      comparison: new PathComparison(current, path.read, depth + 1),
    }))
  }

  /** What going to a target does to the path. */
  judge(target: DeviceView): PathChange {
    const { conditions } = this.#question.packets
    const services = [...this.#use.services]
    const formerNames = formerInterfaceNames(this.#current, target)
    const after = this.#question.ask(target, services.length === 1 ? services[0] : undefined, formerNames)
    if (sameWhereItMatters(this.#current, target, isReadMenu)) return this.#unchanged(after)
    if (this.#before === undefined || after === undefined) {
      const because = 'the rules have too many cases to follow'
      return { verdict: 'at-risk', because, trace: [], unknowns: [because] }
    }
    // The other end of a tunnel is anywhere but on a network of this device.
    const now =
      this.#read.tunnel !== undefined && this.#read.prefix.length === 0
        ? conditions.without(this.#admittedNow, after.isSourceConnected)
        : this.#admittedNow
    if (now === NEVER) return this.#withoutEvidence(target, after)
    const touched = [
      ...unmodelledChanges(this.#current, target, this.#use, formerNames),
      ...this.#tunnelChanges(target),
      ...newBans(this.#before, after, target),
    ]
    const harmless = conditions.all(touched.map((text) => conditions.variable(`harmless: ${text}`)))
    for (const text of touched) {
      const harms = conditions.without(after.admitted, conditions.variable(`harmless: ${text}`))
      after.log.add(harms, 'not modelled', 'refuses', `not modelled: ${text}`)
    }
    const refused = conditions.without(now, after.admitted)
    const broken = refused === NEVER ? conditions.without(now, harmless) : refused
    if (broken === NEVER)
      return this.#safe('every connection that gets in now gets in afterwards', after, now)
    const isCut = conditions.and(now, after.admitted) === NEVER
    const change = this.#cut(broken, after)
    if (isCut) return { ...change, verdict: 'lockout', unknowns: [] }
    return {
      ...change,
      unknowns: this.#question.unknownsOf(conditions.without(now, conditions.and(after.admitted, harmless))),
    }
  }

  /** True when the current document lets the path in under some circumstances. */
  get worksNow(): boolean {
    return this.#admittedNow !== NEVER
  }

  /** Tunnels on the path of which a change may cut the packets that they consist of. */
  #tunnelChanges(target: DeviceView): readonly string[] {
    const found = new Map<string, string>()
    const names = new Set(this.#below.map((each) => each.name))
    for (const name of names) {
      const ways = this.#below.filter((each) => each.name === name && each.comparison.worksNow)
      if (ways.length === 0) found.set(name, 'nothing shows how its packets get in')
      for (const { comparison } of ways) {
        const { verdict, because } = comparison.judge(target)
        if (verdict !== 'safe') found.set(name, because)
      }
    }
    return [...found].map(([name, because]) => `what carries ${name} changes: ${because}`)
  }

  #unchanged(after: Admission | undefined): PathChange {
    const because = 'nothing that the path depends on changes'
    const way = this.#admittedNow === NEVER ? this.#question.packets.valid : this.#admittedNow
    if (after === undefined) return { verdict: 'safe', because, trace: [], unknowns: [] }
    return this.#safe(because, after, way)
  }

  #safe(because: string, after: Admission, way: Condition): PathChange {
    const { packets } = this.#question
    const trace = after.log.traceOf(packets.conditions.solve(way) ?? new Map(), packets)
    return { verdict: 'safe', because, trace, unknowns: [] }
  }

  #cut(broken: Condition, after: Admission): PathChange {
    const { packets } = this.#question
    const example = after.log.deepest(broken, packets)
    const trace = after.log.traceOf(example, packets)
    const counterexample = this.#question.packetOf(example)
    return {
      verdict: 'at-risk',
      because: reasonOf(trace),
      trace,
      counterexample,
      unknowns: this.#question.unknownsOf(broken),
    }
  }

  /** The current document, as it is read, does not admit the path: nothing speaks for the path but the target. */
  #withoutEvidence(target: DeviceView, after: Admission): PathChange {
    const alone = new PathQuestion(target, this.#read, true)
    const recovered = alone.ask(target)
    if (recovered !== undefined) {
      const { conditions, valid } = alone.packets
      const expected = conditions.and(valid, recovered.isDestinationLocal)
      if (expected !== NEVER && conditions.implies(expected, recovered.admitted)) {
        const trace = recovered.log.traceOf(conditions.solve(expected) ?? new Map(), alone.packets)
        const because = 'the path does not work now, and the target admits it'
        return { verdict: 'safe', because, trace, unknowns: [] }
      }
    }
    const { conditions, valid } = this.#question.packets
    const refused = conditions.without(valid, after.admitted)
    const change = this.#cut(refused === NEVER ? valid : refused, after)
    return {
      ...change,
      because: `the path does not work in the current document either: ${change.because}`,
    }
  }
}

/** Lists that a connection now gets the manager onto and that some rule refuses: the next one may be stopped. */
function newBans(before: Admission, after: Admission, target: DeviceView): readonly string[] {
  const refusing = ['/ip', '/ipv6']
    .flatMap((root) => [...target.items(`${root} firewall filter`), ...target.items(`${root} firewall raw`)])
    .filter((rule) => isEnabled(rule) && /^(drop|reject|tarpit|jump)$/.test(propertyOf(rule, 'action')))
    .filter((rule) => propertyOf(rule, 'chain') !== 'forward')
  const banned = new Set(refusing.map((rule) => propertyOf(rule, 'src-address-list')))
  return [...after.lists]
    .filter((list) => !before.lists.has(list) && banned.has(list))
    .map((list) => `connections of the manager now put its address in list ${list}`)
}

function reasonOf(trace: readonly TraceStep[]): string {
  const last = trace.at(-1)
  return last?.effect === 'refuses' ? last.text : 'the connection may be refused'
}
