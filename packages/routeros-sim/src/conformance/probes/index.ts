import type { Probe } from '../probe.js'
import { channelProbes } from './channel-probes.js'
import { importProbes } from './import-probes.js'
import { schedulerProbes } from './scheduler-probes.js'
import { textProbes } from './text-probes.js'

/** All probes, in the order of their playing. */
export const probes: readonly Probe[] = [...textProbes, ...importProbes, ...schedulerProbes, ...channelProbes]
