import type { AdmissionQuery } from './admission.js'
import { arrivalOf, attachmentText } from './arrival.js'
import { type Condition, NEVER } from './condition-space.js'
import type { DeviceModel } from './device-model.js'
import { isEnabled, propertyOf } from './device-view.js'
import type { Alternative } from './packet.js'
import type { Arrivals } from './packet-factory.js'
import type { TraceLog } from './trace-log.js'

/** Which interface each attachment's packets appear on. */
export function arrive(query: AdmissionQuery, log: TraceLog): Arrivals {
  const { view, interfaces, world } = query.model
  const { space } = world
  const found: Alternative<string>[] = []
  const bridgePorts: Alternative<string>[] = []
  for (const [index, attachment] of query.attachments.entries()) {
    const here = query.packets.arrivesBy(index)
    const arrival = arrivalOf(attachment, view, interfaces)
    const stage = arrival.bridgePort === undefined ? 'arrival' : 'bridge'
    const text = `${attachmentText(attachment)}: ${arrival.because}`
    if (arrival.interfaceName === undefined) {
      log.add(here, stage, 'refuses', text, arrival.item)
      continue
    }
    let when = arrival.onlyIf === undefined ? here : space.and(here, space.variable(arrival.onlyIf))
    log.add(space.without(here, when), stage, 'refuses', `${text}, unless ${arrival.onlyIf}`, arrival.item)
    log.add(when, stage, 'passes', text, arrival.item)
    when = throughHotspot(query.model, arrival.interfaceName, when, log)
    found.push({ value: arrival.interfaceName, when })
    if (arrival.bridgePort !== undefined) bridgePorts.push({ value: arrival.bridgePort, when })
  }
  return { interfaces: found, bridgePorts }
}

function throughHotspot(model: DeviceModel, name: string, when: Condition, log: TraceLog): Condition {
  const { space } = model.world
  const hotspot = model.view
    .items('/ip hotspot')
    .find((each) => isEnabled(each) && propertyOf(each, 'interface') === name)
  if (hotspot === undefined || model.family === 6) return when
  const passes = space.and(
    when,
    space.variable(`the hotspot on ${model.interfaces.keyOf(name)} lets the manager pass`),
  )
  log.add(space.without(when, passes), 'arrival', 'refuses', `the hotspot on ${name} may stop it`, hotspot)
  return passes
}

/** When packets have come in by an interface that takes this family of addresses. */
export function haveArrived(model: DeviceModel, arrivals: Arrivals, log: TraceLog): Condition {
  const arrived = model.world.space.any(arrivals.interfaces.map((each) => each.when))
  const settings = model.view.one('/ipv6 settings')
  if (model.family === 4 || propertyOf(settings, 'disable-ipv6', 'no') !== 'yes') return arrived
  log.add(arrived, 'address', 'refuses', 'IPv6 is switched off', settings)
  return NEVER
}
