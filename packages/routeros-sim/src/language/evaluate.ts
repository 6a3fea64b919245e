import type {
  ArrayElementNode,
  BlockNode,
  CompoundNode,
  ExpressionNode,
  ListNode,
  OperatorNode,
  ValueNode,
} from '@tod/rsc-parser'
import { networkOf } from '../state/normalize-value.js'
import { literalValue, toBool, toText } from './convert-value.js'
import type { Execution } from './execution.js'
import { callCode, runStatements } from './interpreter.js'
import { applyOperator, invertBits, isTrue } from './operators.js'
import { RouterError, syntaxError } from './router-error.js'
import { positionIn } from './script-source.js'
import { type ArrayEntry, bool, NIL, NOTHING, num, type ScriptValue, str } from './script-value.js'

/** How a condition reads the item it is asked about. */
export interface ItemView {
  /** Undefined when the item has no such property. */
  read(property: string): ScriptValue | undefined
}

type Part = ValueNode | OperatorNode

/** Computes an expression. With `item`, bare words on the left of an operator are its properties. */
export async function evaluate(
  node: ExpressionNode,
  execution: Execution,
  item?: ItemView,
): Promise<ScriptValue> {
  switch (node.kind) {
    case 'word':
      return literalValue(node.text)
    case 'string': {
      if (node.constant) return str(node.value)
      let text = ''
      for (const part of node.parts) {
        text += part.kind === 'text' ? part.value : toText(await evaluate(part, execution, item))
      }
      return str(text)
    }
    case 'variable':
      return readVariable(node.name, node.range.start, execution)
    case 'substitution':
      if (node.statements.length === 0) return NIL
      return runStatements(node.statements, { ...execution, scope: execution.scope.child() })
    case 'group':
      return node.expression === undefined ? NOTHING : evaluate(node.expression, execution, item)
    case 'block':
      return evaluateArray(node, execution)
    case 'compound':
      return evaluateCompound(node, execution)
    case 'unary':
      return evaluateUnary(node.operator, node.operand, execution, item)
    case 'binary':
      return evaluateBinary(node.operator, node.left, node.right, execution, item)
    case 'list':
      return evaluateList(node, execution)
  }
}

function readVariable(name: string, offset: number, execution: Execution): ScriptValue {
  if (!execution.scope.has(name) && execution.inScript === false) {
    throw syntaxError(`bad variable name ${name}`, positionIn(execution.source, offset))
  }
  return execution.scope.read(name)
}

/** Value of a property name in a condition: alone it asks whether it is true. */
async function evaluateOperand(
  node: ExpressionNode,
  execution: Execution,
  item: ItemView | undefined,
  side: 'left' | 'alone',
): Promise<ScriptValue> {
  if (item !== undefined && node.kind === 'word') {
    const value = item.read(node.text)
    if (value !== undefined) return value
    return side === 'alone' ? bool(false) : NOTHING
  }
  return evaluate(node, execution, item)
}

async function evaluateUnary(
  operator: string,
  operand: ExpressionNode,
  execution: Execution,
  item: ItemView | undefined,
): Promise<ScriptValue> {
  const value = await evaluateOperand(operand, execution, item, 'alone')
  if (operator === '-' && value.type === 'num') return num(-value.value)
  if (operator === '-' && value.type === 'time') return { type: 'time', ms: -value.ms }
  if (operator === '~') return invertBits(value)
  if (operator === '+') return value
  if (item !== undefined) return bool(!isPresent(value))
  return bool(!isTrue(value))
}

/** In conditions a property counts as true when it is `yes`, or set to something that is no truth value. */
function isPresent(value: ScriptValue): boolean {
  if (value.type === 'nothing' || value.type === 'nil') return false
  const truth = toBool(value)
  return truth.type === 'bool' ? truth.value : toText(value) !== ''
}

async function evaluateBinary(
  operator: string,
  left: ExpressionNode,
  right: ExpressionNode,
  execution: Execution,
  item: ItemView | undefined,
): Promise<ScriptValue> {
  if (operator === '&&' || operator === 'and' || operator === '||' || operator === 'or') {
    const truth = (value: ScriptValue): boolean => (item === undefined ? isTrue(value) : isPresent(value))
    const first = truth(await evaluateOperand(left, execution, item, 'alone'))
    const isAnd = operator === '&&' || operator === 'and'
    if (first !== isAnd) return bool(first)
    return bool(truth(await evaluateOperand(right, execution, item, 'alone')))
  }
  const a = await evaluateOperand(left, execution, item, 'left')
  const b = await evaluate(right, execution)
  // A bare prefix is its network, so `where address=192.168.88.1/24` finds nothing; quoted it is text and does.
  const isBarePrefix = item !== undefined && right.kind === 'word' && b.type === 'ip-prefix'
  return applyOperator(operator, a, isBarePrefix ? networkPrefix(b.text) : b)
}

/** The prefix with its host bits cleared. */
function networkPrefix(text: string): ScriptValue {
  return { type: 'ip-prefix', text: `${networkOf(text) ?? text}/${text.split('/')[1] ?? '32'}` }
}

async function evaluateList(node: ListNode, execution: Execution): Promise<ScriptValue> {
  const [first, ...rest] = node.items
  if (first === undefined) return NOTHING
  const callee = await evaluate(first, execution)
  if (callee.type !== 'code') throw new RouterError('missing operator')
  const positional: ScriptValue[] = []
  const named: [string, ScriptValue][] = []
  for (const part of rest) {
    if (part.kind === 'binary' && part.operator === '=' && part.left.kind === 'word') {
      named.push([part.left.text, await evaluate(part.right, execution)])
    } else positional.push(await evaluate(part, execution))
  }
  return callCode(callee, execution, named, positional)
}

/** True when a condition holds for an item. An absent condition holds for all. */
export async function holdsFor(
  condition: ExpressionNode | undefined,
  execution: Execution,
  item: ItemView,
): Promise<boolean> {
  if (condition === undefined) return true
  return isPresent(await evaluateOperand(condition, execution, item, 'alone'))
}

async function evaluateElement(
  element: ArrayElementNode,
  execution: Execution,
): Promise<ArrayEntry | undefined> {
  if (element.value === undefined) return undefined
  const value =
    element.value.kind === 'block' && looksLikeCode(element.value)
      ? NOTHING
      : await evaluate(element.value, execution)
  if (element.key === undefined) return { value }
  return { key: toText(await evaluate(element.key, execution)), value }
}

function looksLikeCode(node: BlockNode): boolean {
  return node.statements.some(
    (statement) => statement.kind === 'command' && statement.head[0]?.text.startsWith(':'),
  )
}

/** Reads `{1;2;a=3}` as an array. */
async function evaluateArray(node: BlockNode, execution: Execution): Promise<ScriptValue> {
  const entries: ArrayEntry[] = []
  for (const element of node.elements) {
    const entry = await evaluateElement(element, execution)
    if (entry !== undefined) entries.push(entry)
  }
  return { type: 'array', entries }
}

async function evaluateCompound(node: CompoundNode, execution: Execution): Promise<ScriptValue> {
  let result: ScriptValue | undefined
  let operator: string | undefined
  for (const part of node.parts as readonly Part[]) {
    if (part.kind === 'operator') {
      operator = operator === undefined ? part.text : operator + part.text
      continue
    }
    const value = await evaluate(part, execution)
    if (result === undefined) {
      result = operator === undefined ? value : str(operator + toText(value))
    } else if (operator === '->') result = applyOperator('->', result, value)
    else result = str(toText(result) + (operator ?? '') + toText(value))
    operator = undefined
  }
  if (operator !== undefined) result = str((result === undefined ? '' : toText(result)) + operator)
  return result ?? NOTHING
}
