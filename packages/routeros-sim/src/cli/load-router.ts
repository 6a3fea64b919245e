import { prepareEngine } from '../prepare-engine.js'
import { SimulatedRouter } from '../router/simulated-router.js'
import { VirtualClock } from '../time/virtual-clock.js'

/** A router without any way in, for looking at what it makes of a configuration. */
export async function loadRouter(config: string, version: string | undefined): Promise<SimulatedRouter> {
  const options = { config, ...(version === undefined ? {} : { version }), listeners: [] }
  const router = new SimulatedRouter('router', new VirtualClock(), prepareEngine(options), options)
  await router.start()
  return router
}
