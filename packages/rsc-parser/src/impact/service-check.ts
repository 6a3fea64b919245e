import { ALWAYS, type Condition, NEVER } from './condition-space.js'
import { type DeviceView, isEnabled, listOf, propertyOf, type ViewItem } from './device-view.js'
import { type IpRange, parseIpRange } from './ip-range.js'
import type { RuleContext } from './rule-match.js'
import type { TraceLog } from './trace-log.js'

const defaults: Readonly<Record<string, number>> = {
  ftp: 21,
  ssh: 22,
  telnet: 23,
  www: 80,
  'www-ssl': 443,
  winbox: 8291,
  api: 8728,
  'api-ssl': 8729,
}

/** Ports on which devices are managed unless they are told otherwise. */
export const managementPorts: readonly number[] = Object.values(defaults)

/** A management service with what the document says of it; the device's defaults where it says nothing. */
export interface ManagementService {
  readonly name: string
  readonly port: number
  readonly enabled: boolean
  readonly vrf: string
  readonly item: ViewItem | undefined
}

/** All rows of `/ip service`, stated or not. */
export function managementServices(view: DeviceView): readonly ManagementService[] {
  const rows = view.items('/ip service')
  return Object.entries(defaults).map(([name, port]) => {
    const item = rows.find((row) => row.name === name)
    return {
      name,
      port: Number(propertyOf(item, 'port', String(port))),
      enabled: item === undefined || !item.values.has('disabled') ? name !== 'www-ssl' : isEnabled(item),
      vrf: propertyOf(item, 'vrf', 'main'),
      item,
    }
  })
}

/** What a connection asks for once it is past the firewall. */
export interface ServiceQuery {
  readonly protocol: 'tcp' | 'udp'
  readonly port: number
  /** The service the manager means, when that is known; another one on its port is no way in. */
  readonly expected: string | undefined
  readonly sourceIn: (range: IpRange) => Condition
  readonly vrf: string
}

/** Whether something answers, and which service it is. */
export interface ServiceAnswer {
  readonly when: Condition
  readonly service?: string
}

/** When a service answers the connection. */
export function serviceAnswers(
  query: ServiceQuery,
  reach: Condition,
  context: RuleContext,
  log: TraceLog,
): ServiceAnswer {
  const { space, view } = context
  const refuse = (when: Condition, text: string, item?: ViewItem): ServiceAnswer => {
    log.add(when, 'service', 'refuses', text, item)
    return { when: NEVER }
  }
  const services = query.protocol === 'tcp' ? managementServices(view) : []
  const atPort = services.filter((each) => each.port === query.port)
  const service = atPort.find((each) => each.enabled && (query.expected ?? each.name) === each.name)
  if (service === undefined) {
    const meant = services.find((each) => each.name === query.expected) ?? atPort[0]
    if (meant !== undefined && !meant.enabled)
      return refuse(reach, `service ${meant.name} is disabled`, meant.item)
    if (meant !== undefined)
      return refuse(reach, `service ${meant.name} listens on port ${meant.port}`, meant.item)
    if (Object.values(defaults).includes(query.port)) {
      return refuse(reach, `no enabled service listens on port ${query.port}`)
    }
    const answers = space.and(
      reach,
      space.variable(`something listens on ${query.protocol} port ${query.port}`),
    )
    log.add(answers, 'service', 'accepts', `something listens on port ${query.port}`)
    log.add(space.without(reach, answers), 'service', 'refuses', `nothing may listen on port ${query.port}`)
    return { when: answers }
  }
  if (service.vrf !== query.vrf) {
    return refuse(
      reach,
      `service ${service.name} listens in VRF ${service.vrf}, packets are in ${query.vrf}`,
      service.item,
    )
  }
  const allowed = space.and(
    reach,
    space.and(addressAllowed(service, query, context), certificateUsable(service, context)),
  )
  log.add(
    space.without(reach, allowed),
    'service',
    'refuses',
    `service ${service.name} does not serve this source`,
    service.item,
  )
  log.add(
    allowed,
    'service',
    'accepts',
    `service ${service.name} listens on port ${service.port}`,
    service.item,
  )
  return { when: allowed, service: service.name }
}

function addressAllowed(service: ManagementService, query: ServiceQuery, context: RuleContext): Condition {
  const { space } = context
  let result = ALWAYS
  for (const property of ['address', 'available-from']) {
    const entries = listOf(propertyOf(service.item, property))
    if (entries.length === 0) continue
    const within = entries.map((entry) => {
      const range = parseIpRange(entry)
      return range === undefined
        ? space.variable(`${entry} covers the manager's address`)
        : query.sourceIn(range)
    })
    result = space.and(result, space.any(within))
  }
  return result
}

function certificateUsable(service: ManagementService, context: RuleContext): Condition {
  if (service.name !== 'www-ssl') return ALWAYS
  return context.space.variable(
    `service www-ssl has certificate ${propertyOf(service.item, 'certificate', 'none')}`,
  )
}
