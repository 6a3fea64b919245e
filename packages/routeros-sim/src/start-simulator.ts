import { prepareEngine } from './prepare-engine.js'
import { type ScenarioName, scenarioOptions } from './scenarios/index.js'
import { type Simulator, type SimulatorOptions, startRouters } from './simulator.js'

/**
 * Starts simulated routers over real SSH on loopback ports.
 *
 * @param what a named scenario, or options: `config` (an export), `version`, `users`, `clock`, `faults`, `listeners`, …
 * @example
 * const simulator = await startSimulator({ config, user: 'u', password: 'p', clock: 'virtual' })
 * // ssh -p ${simulator.router.port} u@127.0.0.1 /export
 * await simulator.stop()
 */
export function startSimulator(
  what: ScenarioName | SimulatorOptions,
  more: SimulatorOptions = {},
): Promise<Simulator> {
  const base = typeof what === 'string' ? scenarioOptions(what) : what
  return startRouters(prepareEngine, { ...base, ...more })
}
