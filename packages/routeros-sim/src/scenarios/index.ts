import type { SimulatorOptions } from '../simulator.js'

/** Names of the routers of our own making. */
export const scenarioNames = ['small-office'] as const

/** The name of a scenario. */
export type ScenarioName = (typeof scenarioNames)[number]

/** True when a text names a scenario. */
export function isScenarioName(text: string): text is ScenarioName {
  return (scenarioNames as readonly string[]).includes(text)
}

/** The options that make the router of a scenario. */
export function scenarioOptions(_name: ScenarioName): SimulatorOptions {
  return { version: '7.16.1' }
}
