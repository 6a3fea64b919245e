import { type Admission, admissionOf } from './admission.js'
import { type Attachment, arrivalOf, attachmentText } from './arrival.js'
import { ChainTooDeepError } from './chain-walk.js'
import { type Condition, ConditionSpace, ConditionTooLargeError } from './condition-space.js'
import { buildDeviceModel } from './device-model.js'
import { type DeviceView, propertyOf } from './device-view.js'
import { formatIpAddress, rangeContains } from './ip-range.js'
import { likelyAttachments } from './likely-attachments.js'
import type { ManagementPacket, ManagementPath } from './management-path.js'
import type { ReadPath } from './packet-factory.js'
import { PacketSpace } from './packet-space.js'
import { readPath } from './read-path.js'
import type { PathUse } from './unmodelled-changes.js'
import { WorldFacts } from './world-facts.js'

/** One management path asked of one or more documents in one space of variables. */
export class PathQuestion {
  readonly read: ReadPath
  readonly packets: PacketSpace
  readonly world: WorldFacts
  readonly #attachments: readonly Attachment[]

  /**
   * @param reference the document in which the path is expected to work; it tells where packets come in.
   * @param isWorldTrusted see `WorldFacts`.
   * @throws TypeError when the path holds no addresses.
   */
  constructor(reference: DeviceView, path: ManagementPath, isWorldTrusted: boolean) {
    const read = readPath(path)
    this.read = read
    const family = read.prefix.family
    const sketch = buildDeviceModel(reference, family, new WorldFacts(new ConditionSpace(), true))
    this.#attachments = likelyAttachments(sketch, read)
    this.packets = new PacketSpace(read.prefix, this.#attachments.length)
    this.world = new WorldFacts(this.packets.conditions, isWorldTrusted)
  }

  /**
   * When the path gets in. `undefined`: the document has too many cases to say.
   * @param renames interfaces that this document calls otherwise than the reference, by their old name.
   */
  ask(
    view: DeviceView,
    expectedService?: string,
    renames?: ReadonlyMap<string, string>,
  ): Admission | undefined {
    const attachments = this.#attachments.map((each) => ({
      ...each,
      key: renames?.get(each.key) ?? each.key,
    }))
    try {
      const model = buildDeviceModel(view, this.packets.family, this.world)
      return admissionOf({
        model,
        read: this.read,
        attachments,
        packets: this.packets,
        ...(expectedService === undefined ? {} : { expectedService }),
      })
    } catch (error) {
      if (error instanceof ConditionTooLargeError || error instanceof ChainTooDeepError) return undefined
      throw error
    }
  }

  /** What of a document the path makes use of. */
  useOf(view: DeviceView): PathUse {
    const model = buildDeviceModel(view, this.packets.family, new WorldFacts(new ConditionSpace(), true))
    const { interfaces } = model
    const used = new Set<string>()
    let mayBeRadio = false
    let mayBeDialled = false
    for (const attachment of this.#attachments) {
      const arrival = arrivalOf(attachment, view, interfaces)
      const port = interfaces.byKey(attachment.key)
      const carrier = interfaces.get(arrival.interfaceName ?? '')
      const names = [attachment.key, port?.name, carrier?.name, propertyOf(carrier?.item, 'interface')]
      for (const name of [...names, interfaces.masterOf(port?.name ?? '')?.name]) if (name) used.add(name)
      const kinds = `${port?.kind ?? ''} ${carrier?.kind ?? ''}`
      mayBeRadio ||=
        /wireless|wifi|w60g/.test(kinds) || (carrier?.kind === 'bridge' && attachment.key === carrier.key)
      mayBeDialled ||= /client|server|lte/.test(kinds) || attachment.key.startsWith('<')
    }
    const isOnLink = model.addresses.some(
      (each) => used.has(each.interfaceName) && rangeContains(each.network, this.read.source),
    )
    return { interfaces: used, mayBeRadio, mayBeDialled, isOnLink }
  }

  /** A packet that an assignment stands for, with the facts it takes. */
  packetOf(assignment: ReadonlyMap<number, boolean>): ManagementPacket {
    const { source, port, arrival } = this.packets.packetOf(assignment)
    const given: string[] = []
    for (const [index, holds] of assignment) {
      if (this.packets.isPacketVariable(index)) continue
      const name = this.packets.conditions.variableName(index)
      given.push(holds ? name : `not: ${name}`)
    }
    const attachment = this.#attachments[arrival]
    return {
      sourceAddress: formatIpAddress(this.packets.family, source),
      sourcePort: port,
      destinationAddress: this.read.path.destination,
      destinationPort: this.read.port,
      protocol: this.read.protocol,
      arrivesBy: attachment === undefined ? 'unknown' : attachmentText(attachment),
      given,
    }
  }

  /** Names of the facts a condition depends on; bits of the packet are named together. */
  unknownsOf(condition: Condition): readonly string[] {
    const names = new Set<string>()
    for (const index of this.packets.conditions.support(condition)) {
      const name = this.packets.conditions.variableName(index)
      names.add(this.packets.isPacketVariable(index) ? `the ${name.replace(/ bit \d+$/, '')}` : name)
    }
    return [...names].map((name) => (name === 'the arrival' ? 'the interface the packets come in by' : name))
  }
}
