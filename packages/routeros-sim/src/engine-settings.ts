import type { EngineOptions } from './engine.js'
import { readHeader } from './state/load-export.js'

/** What is fixed for the life of a router: version, board, and the named unsure behaviours. */
export interface EngineSettings {
  readonly version: string
  readonly model: string
  readonly serialNumber: string
  readonly softwareId: string
  readonly systemId?: string
  readonly seed: number
  readonly behaviour: Behaviour
}

/**
 * Behaviours of which the sources say two things, or nothing. Each is a name of `EngineOptions.options`.
 */
export interface Behaviour {
  /**
   * `import-parse`: what a non-verbose import does with a syntax error late in the file. `line` runs up to it (default:
   * the worse case for whoever trusts an import), `whole-file` applies nothing.
   */
  readonly importParse: 'line' | 'whole-file'
  /** `import-error`: texts of a failed import. `v7` names command and line; `v6` prints the bare error. */
  readonly importError: 'v7' | 'v6'
  /** `files-need-ftp`: whether export to file and backup need policy `ftp`. Default `yes`. */
  readonly filesNeedFtp: boolean
  /** `device-mode`: `advanced` (default), `basic`, `home` or `rose`; `home` refuses the scheduler. */
  readonly deviceMode: string
  /** `flagged`: `yes` when the router found its configuration suspicious. */
  readonly flagged: boolean
  /** `scheduler-regression`: entries without explicit start are not run, as in 7.24 to 7.24.4. */
  readonly schedulerRegression: boolean
  /** `scheduler-jumps`: `fire` (default) runs an entry whose time a clock jump passed; `skip` waits for the next one. */
  readonly schedulerJumps: 'fire' | 'skip'
  /** `group-policy`: `cumulative` (default from 7.20) or `replace`: what `set policy=` does. */
  readonly groupPolicy: 'cumulative' | 'replace'
  /**
   * `address-network`: whether `network` of an address goes along when only `address` is set. `follow` (default) when it
   * was the network of the old address; `stay` leaves it.
   */
  readonly addressNetwork: 'follow' | 'stay'
  /**
   * `live-comments`: `none` (default), or `changing`: a comment on the state of a port comes and goes between exports.
   */
  readonly liveComments: 'none' | 'changing'
  /** `set-numbers`: `natural` (default) lets `set 0` work without a print before it; `refuse` does not. */
  readonly setNumbers: 'natural' | 'refuse'
}

/** Values of each behaviour above. */
const behaviorValues: Readonly<Record<string, readonly string[]>> = {
  'import-parse': ['line', 'whole-file'],
  'import-error': ['v7', 'v6'],
  'files-need-ftp': ['yes', 'no'],
  'device-mode': ['advanced', 'basic', 'home', 'rose'],
  flagged: ['no', 'yes'],
  'scheduler-regression': ['yes', 'no'],
  'scheduler-jumps': ['fire', 'skip'],
  'group-policy': ['cumulative', 'replace'],
  'live-comments': ['none', 'changing'],
  'address-network': ['follow', 'stay'],
  'set-numbers': ['natural', 'refuse'],
}

/** Names of the behaviours of the engine. */
export const behaviorNames: readonly string[] = Object.keys(behaviorValues)

/** @throws TypeError for a name or value that no behaviour has */
function checkBehaviors(options: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(options)) {
    const values = behaviorValues[name]
    if (values === undefined) {
      throw new TypeError(`No such option: ${name}. Known: ${Object.keys(behaviorValues).join(', ')}.`)
    }
    if (!values.includes(value)) throw new TypeError(`${name} is one of: ${values.join(', ')}.`)
  }
}

function minorOf(version: string): readonly [number, number] {
  const match = /^(\d+)\.(\d+)/.exec(version)
  return [Number(match?.[1] ?? 7), Number(match?.[2] ?? 0)]
}

function behaviourOf(options: Readonly<Record<string, string>>, version: string): Behaviour {
  const [major, minor] = minorOf(version)
  const isRegression = /^7\.24(\.[0-4])?$/.test(version)
  return {
    importParse: options['import-parse'] === 'whole-file' ? 'whole-file' : 'line',
    importError:
      options['import-error'] === 'v6' || (options['import-error'] === undefined && major < 7) ? 'v6' : 'v7',
    filesNeedFtp: options['files-need-ftp'] !== 'no',
    deviceMode: options['device-mode'] ?? 'advanced',
    flagged: options.flagged === 'yes',
    schedulerRegression: (options['scheduler-regression'] ?? (isRegression ? 'yes' : 'no')) === 'yes',
    schedulerJumps: options['scheduler-jumps'] === 'skip' ? 'skip' : 'fire',
    groupPolicy:
      (options['group-policy'] ?? (major > 7 || (major === 7 && minor >= 20) ? 'cumulative' : 'replace')) ===
      'cumulative'
        ? 'cumulative'
        : 'replace',
    liveComments: options['live-comments'] === 'changing' ? 'changing' : 'none',
    addressNetwork: options['address-network'] === 'stay' ? 'stay' : 'follow',
    setNumbers: options['set-numbers'] === 'refuse' ? 'refuse' : 'natural',
  }
}

/**
 * Completes the options of a router from its configuration's header and from defaults.
 *
 * @throws TypeError for a version or a named behaviour that does not exist.
 */
export function engineSettings(options: EngineOptions): EngineSettings {
  const header = options.config === undefined ? {} : readHeader(options.config)
  const version = options.version ?? header.version ?? '7.16.1'
  if (!/^\d+\.\d/.test(version)) {
    throw new TypeError(`Not a RouterOS version: ${version}. Write it as 7.16.1 or 7.18beta4.`)
  }
  checkBehaviors(options.options ?? {})
  const model = options.model ?? header.model ?? 'CHR'
  const systemId = options.softwareId === undefined ? header.systemId : undefined
  return {
    version,
    model,
    serialNumber: options.serialNumber ?? header.serialNumber ?? 'HC00000TEST',
    softwareId: options.softwareId ?? header.softwareId ?? (model === 'CHR' ? '' : 'TEST-0000'),
    ...(systemId === undefined ? {} : { systemId }),
    seed: options.seed ?? 1,
    behaviour: behaviourOf(options.options ?? {}, version),
  }
}
