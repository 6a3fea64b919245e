import type { EngineFactory, EngineUser, PrepareEngine } from './engine.js'
import type { ListenerOptions, RouterOptions } from './router/router-options.js'
import { SimulatedRouter } from './router/simulated-router.js'
import { createClock } from './time/create-clock.js'
import type { SimClock } from './time/sim-clock.js'

/** What to simulate. Router options apply to every router of a fleet. */
export interface SimulatorOptions extends RouterOptions {
  /** A clock to share with the clients, or the name of one; default `real`. */
  readonly clock?: SimClock | string
  /** Short for one account: name and password of a user of group `full`. */
  readonly user?: string
  readonly password?: string
  /** How many routers of this kind; default 1. Routers of a fleet make their engine when first contacted. */
  readonly fleet?: number
}

/** Running routers. */
export interface Simulator {
  readonly clock: SimClock
  readonly routers: readonly SimulatedRouter[]
  /** The first, usually the only one. */
  readonly router: SimulatedRouter
  stop(): Promise<void>
}

/** Starts routers with an engine of the caller's choice; `startSimulator` is this with ours. */
export async function startRouters(
  prepareEngine: PrepareEngine,
  options: SimulatorOptions,
): Promise<Simulator> {
  const clock = typeof options.clock === 'object' ? options.clock : createClock(options.clock ?? 'real')
  const users = usersOf(options)
  const makeEngine: EngineFactory = prepareEngine({ ...options, ...(users ? { users } : {}) })
  const count = options.fleet ?? 1
  const routers = Array.from({ length: count }, (_, index) => {
    const seed = (options.seed ?? 1) + index
    const own =
      count === 1 ? options : { ...options, seed, listeners: shiftPorts(options.listeners ?? [{}], index) }
    return new SimulatedRouter(`router${index + 1}`, clock, makeEngine, own)
  })
  const [router] = routers
  if (router === undefined) throw new TypeError('A fleet needs at least one router.')
  const stop = async () => {
    await Promise.all(routers.map((one) => one.stop()))
  }
  try {
    await Promise.all(routers.map((one) => one.start({ lazy: count > 1 })))
  } catch (error) {
    await stop()
    throw error
  }
  return { clock, routers, router, stop }
}

function usersOf(options: SimulatorOptions): readonly EngineUser[] | undefined {
  if (options.user === undefined && options.password === undefined) return options.users
  return [{ name: options.user ?? 'admin', password: options.password ?? '' }, ...(options.users ?? [])]
}

/** Fixed ports of a fleet count up; port 0 stays any. */
function shiftPorts(listeners: readonly ListenerOptions[], index: number): readonly ListenerOptions[] {
  return listeners.map((one) => (one.port ? { ...one, port: one.port + index * listeners.length } : one))
}
