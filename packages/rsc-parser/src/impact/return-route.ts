import { ALWAYS, type Condition, NEVER } from './condition-space.js'
import { type DeviceView, isEnabled, listOf, propertyOf, type ViewItem } from './device-view.js'
import { type IpRange, parseIpRange } from './ip-range.js'
import type { MarkState } from './mark-state.js'
import type { Route } from './route-table.js'
import type { WorldFacts } from './world-facts.js'

/** A way that packets to an address can take. */
export interface RouteChoice {
  readonly when: Condition
  /** Absent: there is no route, or a rule refuses. */
  readonly route?: Route
  readonly because?: string
  readonly item?: ViewItem
}

/** What a lookup is about. */
export interface RouteQuery {
  /** When the looked up address is in a range. */
  readonly towards: (range: IpRange) => Condition
  /** When the packet's source is in a range. */
  readonly from: (range: IpRange) => Condition
  readonly marks: MarkState
  /** Table of the VRF the packet belongs to; `main` without one. */
  readonly table: string
}

const dynamicProtocols = /^\/routing (ospf|ospf-v3|bgp|rip|ripng|isis|mme|babel)( |$)/

/** Chooses routes as the device does: rules, then longest prefix, then distance, then what is in force. */
export function chooseRoutes(
  query: RouteQuery,
  reach: Condition,
  view: DeviceView,
  routes: readonly Route[],
  world: WorldFacts,
): readonly RouteChoice[] {
  const { space } = world
  const choices: RouteChoice[] = []
  let open = reach
  const lookup = (table: string, when: Condition): void => {
    const result = lookupTable(table, query, when, view, routes, world)
    choices.push(...result.choices)
    open = space.without(open, space.without(when, result.missed))
  }
  for (const mark of query.marks.names()) lookup(mark, space.and(open, query.marks.is(mark)))
  for (const rule of [...view.items('/routing rule'), ...view.items('/ip route rule')]) {
    if (open === NEVER) break
    if (!isEnabled(rule)) continue
    const matched = space.and(open, ruleApplies(rule, query, world))
    if (matched === NEVER) continue
    const action = propertyOf(rule, 'action', 'lookup')
    if (action === 'drop' || action === 'unreachable') {
      choices.push({ when: matched, because: 'a routing rule refuses', item: rule })
      open = space.without(open, matched)
      continue
    }
    lookup(propertyOf(rule, 'table', 'main'), matched)
    if (action === 'lookup-only-in-table') {
      const missed = space.and(open, matched)
      if (missed !== NEVER)
        choices.push({ when: missed, because: 'the routing rule allows one table only', item: rule })
      open = space.without(open, matched)
    }
  }
  lookup(query.table, open)
  if (open !== NEVER) choices.push({ when: open, because: 'there is no route' })
  return choices
}

function lookupTable(
  table: string,
  query: RouteQuery,
  reach: Condition,
  view: DeviceView,
  routes: readonly Route[],
  world: WorldFacts,
): { choices: RouteChoice[]; missed: Condition } {
  const { space } = world
  const choices: RouteChoice[] = []
  let open = reach
  const candidates = routes.filter((route) => route.table === table)
  const isLearning = table === 'main' && view.menus.some((menu) => dynamicProtocols.test(menu))
  let asked = !isLearning
  for (let first = 0; first < candidates.length && open !== NEVER; ) {
    const lead = candidates[first]
    if (lead === undefined) break
    if (!asked && lead.kind !== 'connected') {
      asked = true
      const learned = space.and(
        open,
        space.variable('a routing protocol knows a better route to the manager'),
      )
      choices.push({ when: learned, route: learnedRoute(lead.destination) })
      open = space.without(open, learned)
    }
    let last = first
    while (last < candidates.length && isEqualCost(candidates[last], lead)) last++
    const group = candidates.slice(first, last)
    first = last
    const covered = space.and(open, query.towards(lead.destination))
    if (covered === NEVER) continue
    open = space.without(open, takeOne(group, covered, choices, world))
  }
  return { choices, missed: open }
}

/** Among routes of equal cost the device picks one per connection: which, nobody can tell. */
function takeOne(
  group: readonly Route[],
  covered: Condition,
  choices: RouteChoice[],
  world: WorldFacts,
): Condition {
  const { space } = world
  let open = covered
  for (const [index, route] of group.entries()) {
    const usable = space.and(open, route.active)
    const laterUsable = space.any(group.slice(index + 1).map((each) => each.active))
    const mayBeOther = space.and(usable, laterUsable)
    const isPicked =
      mayBeOther === NEVER
        ? ALWAYS
        : space.variable(`of routes of equal cost, the one by ${route.via} is used`)
    const taken = space.and(usable, space.or(isPicked, space.not(laterUsable)))
    if (taken !== NEVER) choices.push({ when: taken, route })
    open = space.without(open, taken)
  }
  return space.without(covered, open)
}

function isEqualCost(route: Route | undefined, lead: Route): boolean {
  return (
    route !== undefined &&
    route.prefixLength === lead.prefixLength &&
    route.destination.first === lead.destination.first &&
    route.distance === lead.distance
  )
}

function learnedRoute(destination: IpRange): Route {
  return {
    destination,
    prefixLength: 0,
    distance: 0,
    table: 'main',
    kind: 'gateway',
    interfaceName: undefined,
    via: 'a learned route',
    active: ALWAYS,
    item: undefined,
  }
}

function ruleApplies(rule: ViewItem, query: RouteQuery, world: WorldFacts): Condition {
  const { space } = world
  let result = ALWAYS
  for (const [name, value] of rule.values) {
    if (value === '' || ['action', 'table', 'comment', 'disabled'].includes(name)) continue
    if (name === 'dst-address' || name === 'src-address') {
      const range = parseIpRange(value)
      const matches =
        range === undefined ? NEVER : name === 'dst-address' ? query.towards(range) : query.from(range)
      result = space.and(result, matches)
    } else if (name === 'routing-mark') {
      result = space.and(result, space.any(listOf(value).map((mark) => query.marks.is(mark))))
    } else if (name === 'interface') {
      // The device's own packets come in by no interface.
      result = NEVER
    } else {
      result = space.and(result, space.variable(`a routing rule matches ${name}=${value}`))
    }
  }
  return result
}
