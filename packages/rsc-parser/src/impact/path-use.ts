import { type Attachment, arrivalOf } from './arrival.js'
import type { DeviceModel } from './device-model.js'
import { propertyOf, type ViewItem } from './device-view.js'
import { type IpRange, rangeContains } from './ip-range.js'

/** What of a device a path makes use of, so that changes elsewhere can be told from changes on the way. */
export interface PathUse {
  readonly source: IpRange
  readonly destination: IpRange
  /** Names and lasting identities of the interfaces on the way, ports and parents included. */
  readonly interfaces: ReadonlySet<string>
  /** Bridges on the way; bridge rules matter only there. */
  readonly mayBeBridged: boolean
  /** Radios may carry the path: packets come in by one, or by a bridge that radios join. */
  readonly mayBeRadio: boolean
  /** Sessions that others dial in to this device may carry the path. */
  readonly mayBeDialledIn: boolean
  /** PPP profiles of the links that this device dials and the path takes. */
  readonly profiles: ReadonlySet<string>
  /** The manager is on a connected network, so that learned routes do not matter. */
  readonly isOnLink: boolean
  /** Services that the path leads to; empty when that is not known. */
  readonly services: ReadonlySet<string>
}

/** Finds what a path makes use of, given where its packets can come in. */
export function pathUse(
  model: DeviceModel,
  attachments: readonly Attachment[],
  path: Pick<PathUse, 'source' | 'destination'>,
): PathUse {
  const { interfaces, view } = model
  const used = new Set<string>()
  const profiles = new Set<string>()
  const use = (name: string | undefined): void => {
    if (name === undefined || name === '' || used.has(name)) return
    used.add(name)
    const found = interfaces.byKey(name) ?? interfaces.get(name)
    if (found === undefined) return
    used.add(found.name)
    used.add(found.key)
    const profile = propertyOf(found.item, 'profile', 'default')
    if (/-client$/.test(found.kind)) profiles.add(profile)
    use(propertyOf(found.item, 'interface'))
    use(interfaces.masterOf(found.name)?.name)
  }
  let mayBeRadio = false
  let mayBeDialledIn = false
  const every = attachments.flatMap((each) => [each, ...(each.below ?? [])])
  for (const attachment of every) {
    const port = interfaces.byKey(attachment.key)
    const carrier = interfaces.get(arrivalOf(attachment, view, interfaces).interfaceName ?? '')
    use(attachment.key)
    use(carrier?.name)
    const isBridgeItself = carrier?.kind === 'bridge' && attachment.key === carrier.key
    mayBeRadio ||= isBridgeItself || /wireless|wifi|w60g/.test(`${port?.kind ?? ''} ${carrier?.kind ?? ''}`)
    mayBeDialledIn ||= attachment.key.startsWith('<') || /-server$/.test(port?.kind ?? '')
  }
  for (const each of model.addresses)
    if (rangeContains(path.destination, rangeOf(each))) used.add(each.interfaceName)
  return {
    ...path,
    interfaces: used,
    mayBeBridged: [...used].some((name) => interfaces.get(name)?.kind === 'bridge'),
    mayBeRadio,
    mayBeDialledIn,
    profiles,
    isOnLink: model.addresses.some(
      (each) => used.has(each.interfaceName) && rangeContains(each.network, path.source),
    ),
    services: new Set(),
  }
}

function rangeOf({ family, address }: { family: 4 | 6; address: bigint }): IpRange {
  return { family, first: address, last: address }
}

/** True for an item that is, or is about, an interface that the path takes. */
export function isOnTheWay(item: ViewItem, use: PathUse): boolean {
  const names = [
    item.name,
    item.values.get('interface'),
    item.values.get('bridge'),
    item.state.handle.replace(/^default-name=/, ''),
  ]
  return names.some((name) => name !== undefined && use.interfaces.has(name))
}
