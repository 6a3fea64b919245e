import { type Admission, admissionOf } from './admission.js'
import { type Attachment, attachmentText } from './arrival.js'
import { ChainTooDeepError } from './chain-walk.js'
import { type Condition, ConditionSpace, ConditionTooLargeError, NEVER } from './condition-space.js'
import { buildDeviceModel, type DeviceModel } from './device-model.js'
import type { DeviceView } from './device-view.js'
import { formatIpAddress } from './ip-range.js'
import { likelyAttachments } from './likely-attachments.js'
import type { ManagementPacket } from './management-path.js'
import type { AddressPremise, ReadPath } from './packet-factory.js'
import { PacketSpace } from './packet-space.js'
import { type PathUse, pathUse } from './path-use.js'
import { type TunnelPath, tunnelPaths } from './tunnel-paths.js'
import { WorldFacts } from './world-facts.js'

/** One management path asked of one or more documents in one space of variables. */
export class PathQuestion {
  readonly read: ReadPath
  readonly packets: PacketSpace
  readonly world: WorldFacts
  readonly #attachments: readonly Attachment[]
  readonly #reference: DeviceView
  readonly #premise: AddressPremise

  /**
   * @param reference the document in which the path is expected to work; it tells where packets come in.
   * @param isWorldTrusted see `WorldFacts`.
   */
  constructor(reference: DeviceView, read: ReadPath, isWorldTrusted: boolean) {
    this.read = read
    this.#reference = reference
    const sketch = sketchOf(reference, read.prefix.family)
    this.#attachments = likelyAttachments(sketch, read)
    this.#premise = premiseOf(sketch, read, isWorldTrusted)
    this.packets = new PacketSpace(read.prefix, this.#attachments.length)
    this.world = new WorldFacts(this.packets.conditions, isWorldTrusted)
  }

  /**
   * When the path gets in. `undefined`: the document has too many cases to say.
   * @param formerNames what the reference calls interfaces that this document calls otherwise, by their name here.
   */
  ask(
    view: DeviceView,
    expectedService?: string,
    formerNames?: ReadonlyMap<string, string>,
  ): Admission | undefined {
    try {
      const model = buildDeviceModel(view, this.packets.family, this.world, {
        reference: this.#reference,
        ...(formerNames === undefined ? {} : { formerNames }),
      })
      return admissionOf({
        model,
        read: this.read,
        attachments: this.#attachments,
        packets: this.packets,
        premise: this.#premise,
        ...(expectedService === undefined ? {} : { expectedService }),
      })
    } catch (error) {
      if (error instanceof ConditionTooLargeError || error instanceof ChainTooDeepError) return undefined
      throw error
    }
  }

  /** What of a document the path makes use of. */
  useOf(view: DeviceView): PathUse {
    return pathUse(sketchOf(view, this.packets.family), this.#attachments, this.read)
  }

  /** The ways of the packets that tunnels on the path consist of. */
  tunnelPathsOf(view: DeviceView, use: PathUse): readonly TunnelPath[] {
    return tunnelPaths((family) => sketchOf(view, family), use)
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

/** A model for finding things out, with variables of its own. */
function sketchOf(view: DeviceView, family: 4 | 6): DeviceModel {
  return buildDeviceModel(view, family, new WorldFacts(new ConditionSpace(), true))
}

/**
 * What is taken of the destination address. The manager connects to it, hence it is the device's: if nothing says why,
 * that stays unknown. One that is stated is not also given by DHCP or a dialled link.
 */
function premiseOf(model: DeviceModel, read: ReadPath, isJudgedAlone: boolean): AddressPremise {
  const isStated = model.addresses.some(
    (each) => each.active !== NEVER && each.address === read.destination.first,
  )
  const isExplained = isStated || model.addressSources.length > 0
  return {
    ruledOut: new Set(isStated ? model.addressSources.map((each) => each.text) : []),
    mayBeUnstated: !isExplained && (!isJudgedAlone || model.lacksAddresses),
  }
}
