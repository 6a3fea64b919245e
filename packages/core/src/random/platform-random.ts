import { toHex } from '../digest/sha256.js'
import type { RandomSource } from '../ports/random-source.js'

/** The platform's own random numbers; the default of `createTod`. */
export const platformRandom: RandomSource = {
  uuid: () => crypto.randomUUID(),
  hex: (digits) => toHex(crypto.getRandomValues(new Uint8Array(Math.ceil(digits / 2)))).slice(0, digits),
}
