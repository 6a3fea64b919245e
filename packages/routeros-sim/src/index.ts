export type {
  BootReason,
  EngineInspection,
  EngineOptions,
  EngineUser,
  RouterFile,
  SchedulerState,
} from './engine.js'
export { type FaultName, type FaultSpec, type FaultTrigger, faultNames } from './faults/fault-spec.js'
export { parseFault } from './faults/parse-fault.js'
export type { FileStoreOptions } from './files/file-store.js'
export type { ListenerOptions, RouterOptions } from './router/router-options.js'
export type { ConnectionState, SimulatedRouter } from './router/simulated-router.js'
export { isScenarioName, type ScenarioName, scenarioNames, scenarioOptions } from './scenarios/index.js'
export type { Simulator, SimulatorOptions } from './simulator.js'
export type { AlgorithmSet } from './ssh/algorithms.js'
export type { HostKey, HostKeyType } from './ssh/host-key.js'
export type { SshOptions } from './ssh/ssh-options.js'
export { startSimulator } from './start-simulator.js'
export { createClock } from './time/create-clock.js'
export { ScaledClock } from './time/scaled-clock.js'
export type { SimClock, SleepOptions } from './time/sim-clock.js'
export { VirtualClock, type VirtualClockOptions } from './time/virtual-clock.js'
export type { WallClockOptions } from './time/wall-clock.js'
