import { ALWAYS, type Condition, ConditionSpace, NEVER } from './condition-space.js'
import { addressBits, type IpPrefix, type IpRange, prefixRange } from './ip-range.js'

const portBits = 16
const firstClientPort = 1024

/** A number whose low bits are variables: `base` with `bits` free bits. */
interface FreeNumber {
  readonly base: bigint
  readonly bits: number
  /** Index of the most significant variable; the others follow. */
  readonly firstVariable: number
}

/** The packets of one management path as variables: source address, source port, attachment. */
export class PacketSpace {
  readonly conditions: ConditionSpace
  readonly #source: FreeNumber
  readonly #port: FreeNumber
  readonly #arrival: FreeNumber
  readonly family: 4 | 6
  /** True for the values of the variables that are packets at all. */
  readonly valid: Condition

  /** @param arrivals number of possible attachments, at least 1. */
  constructor(source: IpPrefix, arrivals: number, maxNodes?: number) {
    this.conditions = new ConditionSpace(maxNodes)
    this.family = source.family
    this.#arrival = this.#free('arrival', 0n, arrivals <= 1 ? 0 : Math.ceil(Math.log2(arrivals)))
    const hostBits = addressBits(source.family) - source.length
    this.#source = this.#free('source address', prefixRange(source).first, hostBits)
    this.#port = this.#free('source port', 0n, portBits)
    this.valid = this.conditions.and(
      this.#between(this.#arrival, 0n, BigInt(Math.max(arrivals, 1) - 1)),
      this.#between(this.#port, BigInt(firstClientPort), 65535n),
    )
  }

  /** Holds when the packet comes in by the attachment of this index. */
  arrivesBy(index: number): Condition {
    return this.#between(this.#arrival, BigInt(index), BigInt(index))
  }

  /** Holds when the source address is in the range. */
  sourceIn(range: IpRange): Condition {
    return range.family === this.family ? this.#between(this.#source, range.first, range.last) : NEVER
  }

  /** Holds when the client's port is in the range, both ends included. */
  sourcePortIn(first: number, last: number): Condition {
    return this.#between(this.#port, BigInt(first), BigInt(last))
  }

  /** True for the variables that describe the packet and not the device or the world. */
  isPacketVariable(index: number): boolean {
    return index < this.#port.firstVariable + portBits
  }

  /** The numbers an assignment stands for. */
  packetOf(assignment: ReadonlyMap<number, boolean>): { source: bigint; port: number; arrival: number } {
    return {
      source: this.#read(this.#source, assignment),
      port: Number(this.#read(this.#port, assignment)),
      arrival: Number(this.#read(this.#arrival, assignment)),
    }
  }

  #free(name: string, base: bigint, bits: number): FreeNumber {
    let firstVariable = 0
    for (let bit = 0; bit < bits; bit++) {
      const index = this.conditions.variableIndex(`${name} bit ${bits - 1 - bit}`)
      if (bit === 0) firstVariable = index
    }
    return { base, bits, firstVariable }
  }

  #read(number: FreeNumber, assignment: ReadonlyMap<number, boolean>): bigint {
    let value = 0n
    for (let bit = 0; bit < number.bits; bit++) {
      value = (value << 1n) | (assignment.get(number.firstVariable + bit) === true ? 1n : 0n)
    }
    return number.base + value
  }

  #between(number: FreeNumber, first: bigint, last: bigint): Condition {
    const size = 1n << BigInt(number.bits)
    const low = first - number.base
    const high = last - number.base
    if (high < 0n || low >= size || low > high) return NEVER
    const atLeast = low <= 0n ? ALWAYS : this.#compare(number, low, true)
    const atMost = high >= size - 1n ? ALWAYS : this.#compare(number, high, false)
    return this.conditions.and(atLeast, atMost)
  }

  /** `value >= bound` or `value <= bound`, built from the least significant bit up. */
  #compare(number: FreeNumber, bound: bigint, atLeast: boolean): Condition {
    let result = ALWAYS
    for (let bit = number.bits - 1; bit >= 0; bit--) {
      const isSet = ((bound >> BigInt(number.bits - 1 - bit)) & 1n) === 1n
      const variable = this.conditions.variable(this.conditions.variableName(number.firstVariable + bit))
      if (atLeast)
        result = isSet ? this.conditions.and(variable, result) : this.conditions.or(variable, result)
      else
        result = isSet
          ? this.conditions.or(this.conditions.not(variable), result)
          : this.conditions.and(this.conditions.not(variable), result)
    }
    return result
  }
}
