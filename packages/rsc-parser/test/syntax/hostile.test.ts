import { describe, expect, it } from 'vitest'
import { buildDocument, parse, print, redact } from '../../src/index.js'

/** At this size quadratic work takes hours: the test's time limit is the bound. How flat it is, the bench says. */
const size = 1 << 21
const hostile: Readonly<Record<string, (length: number) => string>> = {
  'opening brackets': (length) => '['.repeat(length),
  'opening parentheses': (length) => '('.repeat(length),
  'opening braces': (length) => '{'.repeat(length),
  'closing brackets of all kinds': (length) => '])}'.repeat(length / 3),
  'brackets closed by the wrong kind': (length) => '(['.repeat(length / 4) + ')'.repeat(length / 2),
  'brackets that never close across braces': (length) => '[{'.repeat(length / 4) + ']'.repeat(length / 2),
  backslashes: (length) => '\\'.repeat(length),
  continuations: (length) => '\\\n'.repeat(length / 2),
  quotes: (length) => '"'.repeat(length),
  'an odd number of quotes': (length) => '"'.repeat(length + 1),
  'escaped quotes behind an open string': (length) => '"\\"\n'.repeat(length / 4),
  'code inside strings that never closes': (length) => '"$[a" '.repeat(length / 6),
  'nested code inside strings': (length) => '"$('.repeat(length / 3),
  'dollar signs': (length) => '$'.repeat(length),
  'dollar signs with open quotes': (length) => '$"'.repeat(length / 2),
  'equals signs': (length) => '='.repeat(length),
  'properties without value': (length) => 'a= '.repeat(length / 3),
  'prompt beginnings': (length) => '[a@\n'.repeat(length / 4),
  'brackets cut off by command lines': (length) => '[a\n/a'.repeat(length / 5),
  'one long word': (length) => 'a'.repeat(length),
  'one long line of words': (length) => 'a '.repeat(length / 2),
  'operators in parentheses': (length) => `(${'-'.repeat(length)}`,
  'a long sum': (length) => `(${'1+'.repeat(length / 2)}1)`,
  comments: (length) => '#\n'.repeat(length / 2),
  'blocks in blocks': (length) => ':if a do={'.repeat(length / 10),
  'blocks in blocks in a script': (length) =>
    `/system script\nadd name=x source="${':if a do={'.repeat(length / 10)}"\n`,
}

describe('hostile input', () => {
  it.each(Object.entries(hostile))('of %s is read without loss and in bounded time', (_, make) => {
    const text = make(size)
    const tree = parse(text)
    expect(print(tree)).toBe(text)
    expect(tree.problems.length).toBeLessThanOrEqual(1001)
    expect(() => buildDocument(tree)).not.toThrow()
  })

  it.each(Object.entries(hostile))('of %s is searched for secrets', (_, make) => {
    expect(() => redact(buildDocument(make(size / 32)))).not.toThrow()
  })

  it('of depth can be walked step by step', () => {
    const depth = 100_000
    const tree = parse(`:put ${'[:put ('.repeat(depth)}1${')]'.repeat(depth)}`)
    let node: unknown = tree.statement(0)
    let steps = 0
    while (typeof node === 'object' && node !== null && 'kind' in node) {
      steps++
      const current = node as {
        kind: string
        arguments?: unknown[]
        value?: unknown
        statements?: unknown[]
        expression?: unknown
      }
      if (current.kind === 'command') node = current.arguments?.[1]
      else if (current.kind === 'argument') node = current.value
      else if (current.kind === 'substitution') node = current.statements?.[0]
      else if (current.kind === 'group') node = current.expression
      else break
    }
    expect(steps).toBeGreaterThan(depth * 4)
  })
})
