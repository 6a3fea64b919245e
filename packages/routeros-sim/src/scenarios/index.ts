import type { SimulatorOptions } from '../simulator.js'
import { capsman } from './capsman.js'
import { ccrBgp } from './ccr-bgp.js'
import { crsVlan } from './crs-vlan.js'
import { smallOffice, smallOfficeV6 } from './small-office.js'
import { wispTower } from './wisp-tower.js'

/** Somebody put a rule on top that drops whatever does not come from an address nobody has: only the WAN side is left. */
const lockedOutByFirewall: SimulatorOptions = {
  ...smallOffice,
  config: (smallOffice.config ?? '').replace(
    '/ip firewall filter\n',
    '/ip firewall filter\nadd action=drop chain=input comment="only the old office" src-address=\\\n    !192.0.2.77\n',
  ),
}

/** Flash that takes its time: a backup grows for a minute before it is whole, and is safe only later. */
const slowFlash: SimulatorOptions = {
  ...smallOfficeV6,
  files: {
    capacityBytes: 16 * 1024 * 1024,
    writeBytesPerSecond: 1024,
    writeBackMs: 40_000,
    layout: 'ram-root',
  },
}

/** A router with hardly any room left: a backup does not fit. */
const fullFlash: SimulatorOptions = {
  ...smallOffice,
  files: { capacityBytes: 2048 },
}

const scenarios = {
  'small-office': smallOffice,
  'small-office-v6': smallOfficeV6,
  'wisp-tower': wispTower,
  'ccr-bgp': ccrBgp,
  'crs-vlan': crsVlan,
  capsman,
  'locked-out-by-firewall': lockedOutByFirewall,
  'slow-flash': slowFlash,
  'full-flash': fullFlash,
} as const satisfies Record<string, SimulatorOptions>

/** The name of a scenario. */
export type ScenarioName = keyof typeof scenarios

/** Names of the routers of our own making. */
export const scenarioNames = Object.keys(scenarios) as readonly ScenarioName[]

/** True when a text names a scenario. */
export function isScenarioName(text: string): text is ScenarioName {
  return Object.hasOwn(scenarios, text)
}

/** The options that make the router of a scenario. */
export function scenarioOptions(name: ScenarioName): SimulatorOptions {
  return scenarios[name]
}
