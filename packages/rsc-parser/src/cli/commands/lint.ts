import { buildDocument } from '../../document/build-document.js'
import { fixBytes } from '../../lint/apply-fixes.js'
import { makeBaseline, readBaseline, withoutBaseline } from '../../lint/baseline.js'
import { isIgnored, type LintConfig, readLintConfig, type SourceKind } from '../../lint/lint-config.js'
import { lint } from '../../lint/lint-text.js'
import type { PresetName } from '../../lint/presets.js'
import { formatGithub } from '../../report/format-github.js'
import { formatJson } from '../../report/format-json.js'
import { formatPretty } from '../../report/format-pretty.js'
import { formatSarif } from '../../report/format-sarif.js'
import { countFindings, type LintedFile } from '../../report/linted-file.js'
import { parseBytes } from '../../syntax/parser.js'
import { byteStringToBytes } from '../../text/bytes.js'
import type { CliIo } from '../cli-io.js'
import type { Command, CommandInput } from '../command.js'
import { choiceFlag, isOn, listFlag, numberFlag, textFlag } from '../command-input.js'
import { exitCodes } from '../exit-codes.js'
import { expandPaths } from '../expand-paths.js'
import { readSource, writeTarget } from '../read-document.js'
import { UsageError } from '../usage-error.js'

const whichFiles = 'which files? Name them, or - for standard input'

const configName = 'rsclint.config.json'

/** `rsc lint`: what is wrong or risky in files. */
export const lintCommand: Command = {
  name: 'lint',
  summary: 'find mistakes and risks in files',
  help: `Usage: rsc lint [PATH ...] [options]

PATH is a file, a folder (its .rsc files), a glob or - for standard input (the default).

  --format pretty|json|sarif|github   how findings are printed (default pretty)
  --preset NAME                       recommended, security or all; may be given several times
  --rule ID=off|warn|error            sets one rule; may be given several times
  --ros VERSION                       RouterOS release to judge by, such as 7.16
  --kind auto|export|fragment         whether files are whole exports; fragments skip some rules
  --config FILE, --no-config          default: ${configName} in the working folder, if there is one
  --stdin-filename NAME               name under which standard input is judged and reported
  --fix                               repair what can be repaired safely, in the files
  --baseline FILE                     leave out the findings that FILE lists
  --write-baseline FILE               list the present findings in FILE and exit 0
  --max-warnings N                    exit 1 when there are more warnings
  --quiet                             print errors only
  --show-secrets                      show source lines as they are

Exit codes: 0 no error, 1 errors (or too many warnings), 2 usage.

Examples:
  rsc lint router.rsc
  rsc lint 'configs/**/*.rsc' --preset security --max-warnings 0
  ssh admin@192.0.2.1 /export | rsc lint - --stdin-filename office.rsc --format json
  rsc lint configs --format sarif > lint.sarif
`,
  options: {
    format: { type: 'string' },
    preset: { type: 'string', multiple: true },
    rule: { type: 'string', multiple: true },
    ros: { type: 'string' },
    kind: { type: 'string' },
    config: { type: 'string' },
    'no-config': { type: 'boolean' },
    'stdin-filename': { type: 'string' },
    fix: { type: 'boolean' },
    baseline: { type: 'string' },
    'write-baseline': { type: 'string' },
    'max-warnings': { type: 'string' },
    quiet: { type: 'boolean' },
    'show-secrets': { type: 'boolean' },
  },
  run: async (input, io) => {
    const format = choiceFlag(input, 'format', ['pretty', 'json', 'sarif', 'github'])
    const maxWarnings = numberFlag(input, 'max-warnings', 0, 1_000_000_000)
    const config = await readConfig(input, io)
    const words = input.words.length === 0 ? ['-'] : input.words
    if (words.includes('-') && isOn(input, 'fix'))
      throw new UsageError('--fix needs files, not standard input')
    if (input.words.length === 0 && io.isStdinTerminal) throw new UsageError(whichFiles)
    const all = await lintFiles(input, io, await expandPaths(words, io), config)
    const newBaseline = textFlag(input, 'write-baseline')
    if (newBaseline !== undefined) {
      const text = `${JSON.stringify(makeBaseline(all), null, 2)}\n`
      await writeTarget(newBaseline, new TextEncoder().encode(text), io)
      return exitCodes.ok
    }
    const files = await leaveOutBaseline(all, input, io)
    const { errors, warnings } = countFindings(files)
    const shown = isOn(input, 'quiet')
      ? files.map((file) => ({
          ...file,
          findings: file.findings.filter((finding) => finding.severity === 'error'),
        }))
      : files
    if (format === 'json') io.stdout(formatJson(shown))
    else if (format === 'sarif') io.stdout(formatSarif(shown))
    else if (format === 'github') io.stdout(formatGithub(shown))
    else io.stdout(formatPretty(shown, { color: io.isColored, showSecrets: isOn(input, 'show-secrets') }))
    if (errors > 0) return exitCodes.found
    if (maxWarnings !== undefined && warnings > maxWarnings) {
      io.stderr(`rsc lint: ${warnings} warnings, ${maxWarnings} allowed\n`)
      return exitCodes.found
    }
    return exitCodes.ok
  },
}

async function lintFiles(
  input: CommandInput,
  io: CliIo,
  paths: readonly string[],
  config: LintConfig,
): Promise<readonly LintedFile[]> {
  const files: LintedFile[] = []
  let repaired = 0
  for (const source of paths) {
    const path = source === '-' ? (textFlag(input, 'stdin-filename') ?? '<stdin>') : source
    if (isIgnored(config, path)) continue
    let bytes = await readSource(source, io)
    // A list of files that came out empty is no success.
    if (input.words.length === 0 && bytes.length === 0) throw new UsageError(whichFiles)
    if (isOn(input, 'fix') && source !== '-') {
      const { text, fixed } = fixBytes(bytes, config, path)
      if (fixed > 0) {
        bytes = byteStringToBytes(text)
        await writeTarget(source, bytes, io)
        repaired += fixed
      }
    }
    const document = buildDocument(parseBytes(bytes))
    files.push({ path, text: document.source.source, findings: lint(document, { config, path }) })
  }
  if (repaired > 0) io.stderr(`rsc lint: ${repaired} ${repaired === 1 ? 'finding' : 'findings'} fixed\n`)
  return files
}

async function leaveOutBaseline(
  files: readonly LintedFile[],
  input: CommandInput,
  io: CliIo,
): Promise<readonly LintedFile[]> {
  const path = textFlag(input, 'baseline')
  if (path === undefined) return files
  const baseline = readBaseline(readJson(await readSource(path, io), path))
  if (baseline === undefined) throw new UsageError(`${path} is no baseline`)
  return files.map((file) => ({ ...file, findings: withoutBaseline(file, baseline) }))
}

async function readConfig(input: CommandInput, io: CliIo): Promise<LintConfig> {
  const file = await configFile(input, io)
  const rules: Record<string, unknown> = {}
  for (const each of listFlag(input, 'rule')) {
    const cut = each.indexOf('=')
    rules[cut < 0 ? each : each.slice(0, cut)] = cut < 0 ? 'error' : each.slice(cut + 1)
  }
  const asked = listFlag(input, 'preset')
  const ros = textFlag(input, 'ros')
  const kind = textFlag(input, 'kind')
  const { config, errors } = readLintConfig({
    ...file,
    ...(asked.length === 0 ? {} : { extends: asked as readonly PresetName[] }),
    ...(ros === undefined ? {} : { ros }),
    ...(kind === undefined ? {} : { kind: kind as SourceKind }),
    rules: { ...file.rules, ...rules },
  })
  if (errors.length > 0) throw new UsageError(errors.join(' '))
  return config
}

async function configFile(input: CommandInput, io: CliIo): Promise<LintConfig> {
  const named = textFlag(input, 'config')
  if (isOn(input, 'no-config')) return {}
  const path = named ?? configName
  let bytes: Uint8Array
  try {
    bytes = await io.readFile(path)
  } catch {
    if (named !== undefined) throw new UsageError(`cannot read ${named}`)
    return {}
  }
  const { config, errors } = readLintConfig(readJson(bytes, path))
  if (errors.length > 0) throw new UsageError(`${path}: ${errors.join(' ')}`)
  return config
}

function readJson(bytes: Uint8Array, path: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch (cause) {
    throw new UsageError(`${path} is no JSON`, { cause })
  }
}
