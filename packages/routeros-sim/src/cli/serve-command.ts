import { readFile } from 'node:fs/promises'
import { Command, Option } from 'commander'
import { readDuration } from '../faults/parse-fault.js'
import type { ListenerOptions } from '../router/router-options.js'
import { isScenarioName, scenarioNames, scenarioOptions } from '../scenarios/index.js'
import type { Simulator, SimulatorOptions } from '../simulator.js'
import { startSimulator } from '../start-simulator.js'
import { readBehaviors } from './read-behaviors.js'
import { readConfig } from './read-config.js'
import { readCount, readPort } from './read-number.js'

interface ServeFlags {
  readonly config?: string
  readonly scenario?: string
  readonly version?: string
  readonly host: string
  readonly port: string
  readonly user?: string
  readonly password?: string
  readonly clock: string
  readonly fault: readonly string[]
  readonly option: readonly string[]
  readonly fleet: string
  readonly seed: string
  readonly deadTime?: string
  readonly hostKey?: string
  readonly hostKeyType?: 'rsa' | 'ed25519'
  readonly source?: string
  readonly interface?: string
  readonly ramRoot?: boolean
  readonly capacity?: string
  readonly listen: readonly string[]
  readonly untilStdinEnds?: boolean
}

const collect = (value: string, before: readonly string[]) => [...before, value]

/** `routeros-sim serve`: routers until the process is told to end; one JSON line when they are ready. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('Serve one router, or a fleet, over SSH; prints one JSON line when ready.')
    .option('--config <file>', 'export (.rsc) that the router has loaded')
    .option('--scenario <name>', 'named router instead of a config')
    .option('--version <version>', 'RouterOS version; default that of the config')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <number>', 'first port; 0 is any free port', '0')
    .option('--user <name>', 'account of group full; default admin, or those of the scenario')
    .option('--password <password>', 'its password; default empty')
    .option('--clock <name>', 'real or scaled:<factor>', 'real')
    .option('--fault <spec>', 'name[:value][@moment,…], may be repeated', collect, [])
    .option(
      '--option <name=value>',
      'a behaviour that versions differ in or sources leave open; may be repeated',
      collect,
      [],
    )
    .option('--fleet <count>', 'number of routers', '1')
    .option('--seed <number>', 'seed of everything random', '1')
    .option('--dead-time <duration>', 'how long nothing answers after a restart (ms, 20s, 1m)')
    .option('--host-key <file>', 'RSA private key in PEM; default a new one')
    .addOption(new Option('--host-key-type <type>', 'kind of host key').choices(['rsa', 'ed25519']))
    .option('--source <address>', 'client address as the router sees it')
    .option('--interface <name>', 'interface by which clients arrive')
    .option('--listen <name:port:interface:source>', 'a further way in, may be repeated', collect, [])
    .option('--ram-root', 'files outside flash/ are lost at a restart')
    .option('--capacity <bytes>', 'size of the file store')
    .option('--until-stdin-ends', 'end with standard input: no router outlives the process that started it')
    .action(async (flags: ServeFlags) => {
      if (flags.clock === 'virtual') {
        throw new TypeError(
          'A virtual clock needs its clients in the same process; use real or scaled:<factor>.',
        )
      }
      const simulator = await startSimulator(await optionsOf(flags))
      process.stdout.write(`${JSON.stringify(readyLine(simulator, flags.host))}\n`)
      const stop = () => {
        simulator.stop().finally(() => process.exit(0))
      }
      process.once('SIGINT', stop)
      process.once('SIGTERM', stop)
      if (flags.untilStdinEnds === true) process.stdin.once('end', stop).resume()
    })
}

async function optionsOf(flags: ServeFlags): Promise<SimulatorOptions> {
  if (flags.config !== undefined && flags.scenario !== undefined) {
    throw new TypeError('Give --config or --scenario, not both.')
  }
  if (flags.interface !== undefined && flags.source === undefined) {
    throw new TypeError('--interface needs --source: a packet that arrives has a source address.')
  }
  const scenario = scenarioOf(flags.scenario)
  const listeners = [
    ...ownListeners(flags, scenario.listeners),
    ...flags.listen.map((text) => readListener(text, flags.host)),
  ]
  const behaviors = readBehaviors(flags.option)
  const hostKeyPem = flags.hostKey === undefined ? undefined : await readFile(flags.hostKey, 'utf8')
  return {
    ...scenario,
    ...(flags.config === undefined ? {} : { config: await readConfig(flags.config) }),
    ...(flags.version === undefined ? {} : { version: flags.version }),
    ...(flags.user === undefined ? {} : { user: flags.user }),
    ...(flags.password === undefined ? {} : { password: flags.password }),
    clock: flags.clock,
    faults: flags.fault,
    fleet: readCount('--fleet', flags.fleet, 1),
    seed: readCount('--seed', flags.seed),
    listeners,
    ...(flags.deadTime === undefined ? {} : { deadTimeMs: readDuration(flags.deadTime) }),
    options: { ...scenario.options, ...behaviors.options },
    ssh: {
      ...scenario.ssh,
      ...behaviors.ssh,
      ...(hostKeyPem === undefined ? {} : { hostKeyPem }),
      ...(flags.hostKeyType === undefined ? {} : { hostKeyType: flags.hostKeyType }),
    },
    files: {
      ...scenario.files,
      ...(flags.ramRoot === true ? { layout: 'ram-root' as const } : {}),
      ...(flags.capacity === undefined ? {} : { capacityBytes: readCount('--capacity', flags.capacity) }),
    },
  }
}

function scenarioOf(name: string | undefined): SimulatorOptions {
  if (name === undefined) return {}
  if (!isScenarioName(name)) {
    throw new TypeError(`No such scenario: ${name}. Known: ${scenarioNames.join(', ')}.`)
  }
  return scenarioOptions(name)
}

/** The first way in, or those of the scenario on consecutive ports, unless a source or interface is given. */
function ownListeners(flags: ServeFlags, ofScenario: SimulatorOptions['listeners']): ListenerOptions[] {
  const port = readPort('--port', flags.port)
  const { host, source, interface: ingressInterface } = flags
  if (ofScenario !== undefined && source === undefined && ingressInterface === undefined) {
    return ofScenario.map((listener, index) => ({ ...listener, host, port: port === 0 ? 0 : port + index }))
  }
  return [
    {
      host,
      port,
      ...(source === undefined ? {} : { sourceAddress: source }),
      ...(ingressInterface === undefined ? {} : { ingressInterface }),
    },
  ]
}

/** `name:port:interface:source`; the source is the rest, so it may hold colons (IPv6). */
function readListener(text: string, host: string): ListenerOptions {
  const [name = '', port = '0', ingressInterface = '', ...source] = text.split(':')
  const sourceAddress = source.join(':')
  return {
    host,
    port: readPort('--listen', port),
    ...(name === '' ? {} : { name }),
    ...(ingressInterface === '' ? {} : { ingressInterface }),
    ...(sourceAddress === '' ? {} : { sourceAddress }),
  }
}

/** Says of a single router, too, what each way in meets at this moment: `/ip service` may have ssh off. */
function readyLine(simulator: Simulator, host: string) {
  const routers = simulator.routers.map((router) => ({
    name: router.name,
    port: router.port,
    ...(simulator.routers.length === 1
      ? {
          listeners: router.listeners.map(({ name, port }) => ({ name, port, ...router.admits(name) })),
          hostKey: router.hostKey().fingerprint,
        }
      : {}),
  }))
  return { ready: true, host, port: simulator.router.port, routers }
}
