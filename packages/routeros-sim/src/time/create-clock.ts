import { ScaledClock } from './scaled-clock.js'
import type { SimClock } from './sim-clock.js'
import { VirtualClock } from './virtual-clock.js'

/** Makes the clock that a name stands for: `virtual`, `real`, `scaled:60`. @throws TypeError for an unknown name. */
export function createClock(name: string): SimClock {
  if (name === 'virtual') return new VirtualClock()
  if (name === 'real') return new ScaledClock(1)
  const scaled = /^scaled:(\d+(?:\.\d+)?)$/.exec(name)
  if (scaled) return new ScaledClock(Number(scaled[1]))
  throw new TypeError(`No such clock: ${name}. Known: virtual, real, scaled:<factor>.`)
}
