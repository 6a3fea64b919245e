import { versionNumbers } from '../export/export-header.js'
import { checkProblems, checkSource, checkStatements } from '../language/check-statements.js'
import { toText } from '../language/convert-value.js'
import { type Execution, ReturnSignal } from '../language/execution.js'
import {
  type GlobalCall,
  type GlobalCommand,
  namedOrPositional,
} from '../language/global-commands/global-command.js'
import { runCommand } from '../language/interpreter.js'
import { RouterError, syntaxError } from '../language/router-error.js'
import { positionIn, scriptSource } from '../language/script-source.js'
import { NOTHING } from '../language/script-value.js'
import { isIn } from './added-in.js'

/** The line a script gets when its import went through; the only sign of success there is. */
const IMPORT_SUCCEEDED = 'Script file loaded and executed successfully'

async function text(call: GlobalCall, name: string, index = 99): Promise<string | undefined> {
  const value = await namedOrPositional(call, name, index)
  return value === undefined ? undefined : toText(value)
}

/** Runs the statements of a file one by one; each is checked just before it runs. */
async function runLines(
  execution: Execution,
  file: string,
  fromLine: number,
  verbose: boolean,
): Promise<void> {
  const { source, router, session } = execution
  for (const statement of source.tree.statements()) {
    const { line } = positionIn(source, statement.range.start)
    checkProblems(source, statement.range.start, statement.range.end - 1)
    if (statement.kind === 'comment' || line < fromLine) continue
    if (verbose) session.write(`#line ${line}\n${source.tree.text(statement.range)}\n`)
    const trouble = await router.host.checkpoint({ at: 'import-line', line, file })
    if (trouble !== undefined) {
      const error = new RouterError(trouble)
      error.origin = { command: execution.place.menu.replaceAll(' ', '/'), line }
      throw error
    }
    if (statement.kind !== 'command') throw new RouterError(`syntax error (line ${line} column 1)`, 'syntax')
    const place = { menu: execution.place.menu }
    checkStatements([statement], { ...execution, place })
    await runCommand(statement, execution)
  }
}

/** Reads a file through without running it; writes each error found. */
function dryRun(execution: Execution): number {
  const { source, session } = execution
  let errors = 0
  for (const statement of source.tree.statements()) {
    if (statement.kind === 'comment') continue
    const { line } = positionIn(source, statement.range.start)
    session.write(`#line ${line}\n${source.tree.text(statement.range)}\n`)
    try {
      checkProblems(source, statement.range.start, statement.range.end - 1)
      checkStatements([statement], execution)
    } catch (error) {
      if (!(error instanceof RouterError)) throw error
      errors += 1
      session.write(`${error.message}\n`)
    }
  }
  return errors
}

/** The text of a failed import: with command and line in v7, bare in v6 (facts 3.4). */
function importError(error: RouterError, style: 'v7' | 'v6', line: number): RouterError {
  const { origin } = error
  if (style === 'v6') return new RouterError(error.message, 'syntax')
  if (error.kind === 'syntax') return new RouterError(`Script Error: ${error.message}`, 'syntax')
  const where = origin === undefined ? '' : ` (${origin.command}; line ${origin.line})`
  return new RouterError(`Script Error: ${error.message}${where} (:import; line ${line})`, 'syntax')
}

/** @throws RouterError at the word where this version does not know it */
function isDryRun(call: GlobalCall): boolean {
  const word = call.args.find(({ value }) => value?.kind === 'word' && value.text === 'dry-run')
  const { router, source } = call.execution
  if (word !== undefined && !isIn(versionNumbers(router.settings.version), 'import dry-run')) {
    throw syntaxError('expected end of command', positionIn(source, word.range.start))
  }
  return word !== undefined
}

/** `/import`: runs a file, stops at the first error and keeps what it did. */
export const importCommand: GlobalCommand = async (call) => {
  const { execution } = call
  const { router, session } = execution
  const line = positionIn(execution.source, call.node.range.start).line
  const file = (await text(call, 'file-name', 0)) ?? (await text(call, 'file'))
  if (file === undefined) throw new RouterError('missing value(s) of argument(s) file-name')
  const style = router.settings.behaviour.importError
  const content = router.host.files.read(file) ?? router.host.files.read(`${file}.rsc`)
  if (content === undefined) {
    const suffix = style === 'v7' ? ` (:import; line ${line})` : ''
    throw new RouterError(`Cannot open import file, file does not exist${suffix}`, 'syntax')
  }
  const verbose = ['yes', 'true', 'progress'].includes((await text(call, 'verbose')) ?? 'no')
  const fromLine = Number((await text(call, 'from-line')) ?? '1')
  const dry = isDryRun(call)
  // Assumption: the text; that both go with verbose only is documented.
  if (!verbose && (dry || fromLine !== 1)) throw new RouterError('missing value(s) of argument(s) verbose')
  const source = scriptSource(Buffer.from(content).toString('latin1'))
  const inner: Execution = {
    ...execution,
    source,
    scope: execution.scope.fresh(),
    place: { menu: execution.place.menu },
    inScript: true,
    depth: execution.depth + 1,
  }
  if (inner.depth > 50) throw new RouterError('maximum call depth reached')
  if (session.kind === 'shell') session.write(`Opening script file ${file}\n\n`)
  if (dry) {
    const errors = dryRun(inner)
    if (errors > 0) throw new RouterError(`Script Error: found ${errors} error(s) in import file`, 'syntax')
    session.write(`${IMPORT_SUCCEEDED}\n`)
    return NOTHING
  }
  try {
    if (router.settings.behaviour.importParse === 'whole-file' && !verbose) checkSource(source, inner)
    await runLines(inner, file, fromLine, verbose)
  } catch (error) {
    if (error instanceof RouterError) throw importError(error, style, line)
    if (!(error instanceof ReturnSignal)) throw error
  }
  session.write(`${IMPORT_SUCCEEDED}\n`)
  return NOTHING
}
