import type { DeviceSession, RunOptions } from '../device/device-session.js'
import { hasErrorCode } from '../errors/core-error.js'
import type { Probe, ProbeResult } from '../model/push-operation.js'
import { countRoutesCommand, countRunningInterfaceCommand, pingCommand } from '../routeros/commands.js'

/** Runs the caller's checks one after the other. A check that the device refuses has failed. */
export async function runProbes(
  session: DeviceSession,
  probes: readonly Probe[],
  options: RunOptions = {},
): Promise<readonly ProbeResult[]> {
  const results: ProbeResult[] = []
  for (const probe of probes) {
    try {
      results.push(await runProbe(session, probe, options))
    } catch (error) {
      if (!hasErrorCode(error, 'DEVICE_COMMAND_FAILED')) throw error
      results.push({ probe, passed: false, seen: 'the device refused the check' })
    }
  }
  return results
}

async function runProbe(session: DeviceSession, probe: Probe, options: RunOptions): Promise<ProbeResult> {
  switch (probe.kind) {
    case 'ping': {
      const count = probe.count ?? 3
      const facts = await session.readFacts(pingCommand(probe.address, count), options)
      const received = Number(facts.get('received') ?? 0)
      return { probe, passed: received > 0, seen: `${received} of ${count} answers` }
    }
    case 'route-count': {
      const facts = await session.readFacts(countRoutesCommand(), options)
      const routes = Number(facts.get('routes') ?? 0)
      return { probe, passed: routes >= probe.atLeast, seen: `${routes} active routes` }
    }
    case 'interface-running': {
      const facts = await session.readFacts(countRunningInterfaceCommand(probe.name), options)
      const isRunning = Number(facts.get('running') ?? 0) > 0
      return { probe, passed: isRunning, seen: isRunning ? 'running' : 'not running' }
    }
  }
}
