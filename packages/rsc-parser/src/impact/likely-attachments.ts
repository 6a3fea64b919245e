import { type Attachment, arrivalOf, attachmentsOf, mayGainPorts } from './arrival.js'
import { ALWAYS, NEVER } from './condition-space.js'
import type { DeviceModel } from './device-model.js'
import { propertyOf } from './device-view.js'
import { rangeContains } from './ip-range.js'
import type { ReadPath } from './packet-factory.js'

/**
 * Where packets of the manager can come in, judged by a document in which the path is expected to work.
 * A source on a connected network comes in there; any other one by an interface that leads back to it, or by the
 * one that carries the destination. A stated interface or port settles it.
 */
export function likelyAttachments(model: DeviceModel, read: ReadPath): readonly Attachment[] {
  const likely = likelyInterfaces(model, read)
  const stated = read.path.inInterface
  const found =
    stated === undefined
      ? [...likely].flatMap((name) => attachmentsOf(name, model.view, model.interfaces))
      : attachmentsOfStated(stated, likely, model)
  const unique = new Map(found.map((each) => [`${each.key} ${each.tag ?? ''}`, each]))
  return [...unique.values()]
}

function attachmentsOfStated(
  name: string,
  likely: ReadonlySet<string>,
  model: DeviceModel,
): readonly Attachment[] {
  const { view, interfaces } = model
  const stated = interfaces.get(name)
  const isWire = stated !== undefined && /^(ethernet|bonding|wireless|wifi|wifiwave2|w60g)$/.test(stated.kind)
  if (stated === undefined || (!isWire && interfaces.masterOf(name) === undefined)) {
    return attachmentsOf(name, view, interfaces)
  }
  const tags = new Set<number>()
  for (const each of interfaces.all()) {
    if (each.kind === 'vlan') tags.add(Number(propertyOf(each.item, 'vlan-id', '1')))
    if (each.kind === 'bridge') tags.add(Number(propertyOf(each.item, 'pvid', '1')))
  }
  const possible: Attachment[] = [{ key: stated.key }, ...[...tags].map((tag) => ({ key: stated.key, tag }))]
  const arriving = possible.filter((each) => arrivalOf(each, view, interfaces).interfaceName !== undefined)
  const expected = arriving.filter((each) =>
    likely.has(arrivalOf(each, view, interfaces).interfaceName ?? ''),
  )
  if (expected.length > 0) return expected
  return arriving.length > 0 ? arriving : [{ key: stated.key }]
}

function likelyInterfaces(model: DeviceModel, read: ReadPath): ReadonlySet<string> {
  const names = new Set<string>()
  const carriers = model.addresses.filter(
    (each) => each.active !== NEVER && each.address === read.destination.first,
  )
  // An address answers in its own VRF only.
  const vrfs = new Set(carriers.map((each) => model.vrfOf(each.interfaceName)))
  const isReachable = (name: string): boolean => vrfs.size === 0 || vrfs.has(model.vrfOf(name))
  for (const route of model.routes) {
    if (route.kind === 'discard' || route.active === NEVER || !rangeContains(route.destination, read.source))
      continue
    const { interfaceName } = route
    if (interfaceName === undefined || !isReachable(interfaceName)) continue
    names.add(interfaceName)
    if (route.kind === 'connected') return new Set(names)
    if (route.active === ALWAYS && (route.table === 'main' || vrfs.has(route.table))) break
  }
  for (const each of carriers) {
    const isUplink = names.size === 0 || leadsOut(each.interfaceName, model)
    if (isUplink && hasWire(each.interfaceName, model)) names.add(each.interfaceName)
  }
  if (names.size > 0) return names
  for (const each of [...model.addresses, ...model.addressSources]) {
    if (hasWire(each.interfaceName, model)) names.add(each.interfaceName)
  }
  if (names.size === 0) for (const each of model.interfaces.all()) if (each.enabled) names.add(each.name)
  return names.size > 0 ? names : new Set(['ether1'])
}

/** True for an interface by which some route leaves to other networks, in force or not: strangers may come in there. */
function leadsOut(name: string, model: DeviceModel): boolean {
  if (model.interfaces.isDialled(name)) return true
  return model.routes.some((route) => route.kind === 'gateway' && route.interfaceName === name)
}

/** False for a bridge that only serves to hold an address. */
function hasWire(name: string, model: DeviceModel): boolean {
  const found = model.interfaces.get(name)
  if (found === undefined) return name.startsWith('<')
  if (name === 'lo' || found.kind === 'dummy') return false
  if (found.kind !== 'bridge' || model.interfaces.portsOf(name).length > 0) return true
  return mayGainPorts(found, model.view)
}
