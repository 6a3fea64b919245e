import type { SessionContext } from '../engine.js'
import { readDuration } from '../faults/parse-fault.js'
import type { CommandOutcome, ConnectionHost } from './connection-host.js'

const silenced: CommandOutcome = { failed: true, quit: false, silenced: true }

/** Runs a command line between the faults that may strike before it, instead of it and after it. */
export async function runCommand(
  host: ConnectionHost,
  line: string,
  session: SessionContext,
): Promise<CommandOutcome> {
  for (const fault of host.faults.take({ on: 'command', subject: line })) {
    if (fault.spec.name === 'slow-export') {
      await host.clock.sleep(readDuration(fault.spec.value ?? '30s'), { signal: session.signal })
    } else if (fault.spec.name === 'deny-permission') {
      session.write('not enough permissions (9)\n')
      return { failed: true, quit: false, silenced: false }
    } else if (host.act(fault)) return silenced
  }
  const result = await host.engine.run(line, session)
  for (const fault of host.faults.take({ on: 'command-end', subject: line })) {
    if (host.act(fault)) return silenced
  }
  return { failed: result.failed, quit: result.quit === true, silenced: false }
}
