import type { CommandNode, StatementNode } from '@tod/rsc-parser'
import { evaluateArguments } from './command-arguments.js'
import { evaluate } from './evaluate.js'
import { type Execution, ReturnSignal } from './execution.js'
import { globalCommands } from './global-commands/index.js'
import { resolveCommand } from './resolve-command.js'
import { RouterError, syntaxError } from './router-error.js'
import { positionIn } from './script-source.js'
import { array, type CodeValue, NOTHING, type ScriptValue } from './script-value.js'

const DEPTH_LIMIT = 200

/** Runs statements in order; the value is that of the last one. */
export async function runStatements(
  statements: Iterable<StatementNode>,
  execution: Execution,
): Promise<ScriptValue> {
  const place = { menu: execution.place.menu }
  const inner: Execution = { ...execution, place }
  let last: ScriptValue = NOTHING
  for (const statement of statements) {
    if (statement.kind === 'command') last = await runCommand(statement, inner)
    else if (statement.kind === 'text') {
      throw syntaxError('syntax error', positionIn(execution.source, statement.range.start))
    }
  }
  return last
}

/** Runs one command in the place of its execution, which a bare menu path changes. */
export async function runCommand(node: CommandNode, execution: Execution): Promise<ScriptValue> {
  const { router, session } = execution
  if (session.signal.aborted) throw new RouterError('interrupted')
  const resolved = resolveCommand(node, execution.source, execution.place.menu, router.catalog)
  if (resolved.kind === 'menu' && resolved.block !== undefined) {
    const place = { menu: resolved.menu }
    return runStatements(resolved.block.statements, {
      ...execution,
      place,
      scope: execution.scope.child(),
    })
  }
  if (resolved.kind === 'menu') {
    execution.place.menu = resolved.menu
    return NOTHING
  }
  if (resolved.kind === 'value') return runValue(node, execution)
  const args = node.arguments.slice(resolved.argumentIndex)
  try {
    if (resolved.kind === 'global') {
      const command = globalCommands.get(resolved.name)
      if (command === undefined) throw new RouterError(`bad command name ${resolved.name}`)
      return await command({ name: resolved.name, node, args, execution })
    }
    return await router.runMenuCommand(resolved.menu, resolved.verb, node, args, execution)
  } catch (error) {
    if (error instanceof RouterError && error.kind === 'run') {
      error.origin ??= {
        command:
          resolved.kind === 'global'
            ? `:${resolved.name}`
            : `${resolved.menu.replaceAll(' ', '/')}/${resolved.verb}`.replace('//', '/'),
        line: positionIn(execution.source, node.range.start).line,
      }
    }
    throw error
  }
}

/** A statement that starts with a value: a block, a call of a function, or a value that nothing is done with. */
async function runValue(node: CommandNode, execution: Execution): Promise<ScriptValue> {
  const [first, ...rest] = node.arguments
  const value = first?.value
  if (value === undefined) {
    throw syntaxError('syntax error', positionIn(execution.source, node.range.start))
  }
  if (value.kind === 'block') {
    return runStatements(value.statements, { ...execution, scope: execution.scope.child() })
  }
  const callee = await evaluate(value, execution)
  // A function that was never defined does nothing.
  if (callee.type === 'nothing' && value.kind === 'variable') return NOTHING
  if (callee.type !== 'code') {
    if (rest.length > 0 || value.kind === 'string' || value.kind === 'word') {
      throw syntaxError('expected end of command', positionIn(execution.source, node.range.start))
    }
    return callee
  }
  const args = await evaluateArguments(node, rest, execution)
  const named = [...args.named.values()].map(({ name, value: given }): [string, ScriptValue] => [
    name,
    given ?? NOTHING,
  ])
  return callCode(
    callee,
    execution,
    named,
    args.positional.map((argument) => argument.value),
  )
}

/** Runs a block or a parsed source in the scope of `execution` plus one. */
export async function runCode(code: CodeValue, execution: Execution): Promise<ScriptValue> {
  const statements = code.block?.statements ?? code.source.tree.statements()
  return runStatements(statements, {
    ...execution,
    source: code.source,
    scope: execution.scope.child(),
    depth: execution.depth + 1,
  })
}

/** Calls a function: named arguments and `$1`, `$2`, … are its local variables; `:return` gives its value. */
export async function callCode(
  code: CodeValue,
  execution: Execution,
  named: readonly (readonly [string, ScriptValue])[],
  positional: readonly ScriptValue[],
): Promise<ScriptValue> {
  if (execution.depth > DEPTH_LIMIT) throw new RouterError('maximum call depth reached')
  const scope = (code.scope ?? execution.scope).fresh()
  scope.declareLocal('0', array(positional))
  positional.forEach((value, index) => {
    scope.declareLocal(String(index + 1), value)
  })
  for (const [name, value] of named) scope.declareLocal(name, value)
  try {
    const statements = code.block?.statements ?? code.source.tree.statements()
    return await runStatements(statements, {
      ...execution,
      source: code.source,
      scope,
      inScript: true,
      depth: execution.depth + 1,
    })
  } catch (signal) {
    if (signal instanceof ReturnSignal) return signal.value
    throw signal
  }
}
