import { describe, expect, it } from 'vitest'
import { parse, parseCondition, type StatementNode } from '../../src/index.js'
import { show } from '../show.js'

const shown = (text: string) => [...parse(text).statements()].map(show)
const first = (text: string): StatementNode => parse(text).statement(0)

describe('commands', () => {
  it('tells head words, positional values, properties and unset properties', () => {
    const node = first('/ip firewall filter set [ find a=b ] chain=input !src-port fib')
    expect(show(node)).toBe('{/ip firewall filter set [{find a=b}] chain=input unset:src-port fib}')
    expect(node.kind === 'command' && node.head.map((word) => word.text)).toEqual([
      '/ip',
      'firewall',
      'filter',
      'set',
    ])
  })

  it('joins words and values across continuations', () => {
    expect(shown('add na\\\n    me=a\\\n    b comment=\\\n    "x y"')).toEqual([
      '{add name=ab comment="x y"}',
    ])
  })

  it('has a property without value when nothing follows the equals sign', () => {
    const tree = parse('add name= chain=x\n')
    expect(show(tree.statement(0))).toBe('{add name= chain=x}')
    expect(tree.problems).toMatchObject([{ code: 'missing-value', range: { start: 8, end: 9 } }])
  })

  it('separates statements at line ends and semicolons', () => {
    expect(shown(':put a; :put b\r\n;;/x\r:put c')).toEqual(['{:put a}', '{:put b}', '{/x}', '{:put c}'])
  })

  it('builds loops, conditions and blocks with their statements', () => {
    expect(
      shown(':foreach i in=[find] do={ :put $i; :if ($i = 1) do={ :put "x" } else={ :put y } }'),
    ).toEqual([
      '{:foreach i in=[{find}] do=block{:put $i}; {:if (($i = 1)) do=block{:put "x"} else=block{:put y}}}',
    ])
  })

  it('reads adjoining pieces as one compound value', () => {
    expect(shown('add name=pre$x comment=$a.$b c="x"y')).toEqual([
      '{add name=<pre + $x> comment=<$a + . + $b> c=<"x" + y>}',
    ])
    expect(shown(':put $a->"k"')).toEqual(['{:put <$a + -> + "k">}'])
  })

  it('takes a block, a variable or a bracket as a statement of its own', () => {
    expect(shown('{ :put a }\n$f 1 x=2\n[:put b]\n(1)')).toEqual([
      '{block{:put a}}',
      '{$f 1 x=2}',
      '{[{:put b}]}',
      '{(1)}',
    ])
  })

  it('gives ranges that select exactly the source of each node', () => {
    const tree = parse('  /ip address add address="1.2.3.4" \\\n   interface=ether1 \n')
    const node = tree.statement(0)
    expect(tree.text(node.range)).toBe('/ip address add address="1.2.3.4" \\\n   interface=ether1')
    if (node.kind !== 'command') throw new Error('a command was expected')
    expect(node.arguments.map((argument) => tree.text(argument.range))).toEqual([
      '/ip',
      'address',
      'add',
      'address="1.2.3.4"',
      'interface=ether1',
    ])
    expect(node.arguments[3]?.value && tree.text(node.arguments[3].value.range)).toBe('"1.2.3.4"')
  })
})

describe('expressions', () => {
  const expression = (text: string) => {
    const node = first(`:put ${text}`)
    const value = node.kind === 'command' ? node.arguments[1]?.value : undefined
    return value?.kind === 'group' ? show(value.expression) : show(value)
  }

  it.each([
    ['(1 + 2 * 3)', '(1 + (2 * 3))'],
    ['(1 - 2 - 3)', '((1 - 2) - 3)'],
    ['($a = 1 && $b != 2 || !$c)', '((($a = 1) && ($b != 2)) || (! $c))'],
    ['("x" . $a . [get b])', '(("x" . $a) . [{get b}])'],
    ['($a . "b" = "ab")', '(($a . "b") = "ab")'],
    ['($x->"a"->1 = 2)', '((($x -> "a") -> 1) = 2)'],
    ['(!$x->"a")', '(! ($x -> "a"))'],
    ['(-1 + -$a)', '((- 1) + (- $a))'],
    ['(10.0.0.5 in 10.0.0.0/8)', '(10.0.0.5 in 10.0.0.0/8)'],
    ['($a and $b or not $c)', '(($a and $b) or (not $c))'],
    ['($f 1 (2 + 3) "x")', 'list($f, 1, ((2 + 3)), "x")'],
    ['((1 + 2) * 3)', '(((1 + 2)) * 3)'],
    ['(1 <= 2 << 3)', '(1 <= (2 << 3))'],
    ['($a ~ "^x")', '($a ~ "^x")'],
    ['()', '<nothing>'],
    ['(1 +)', '(1 + )'],
    ['(= 1)', '( = 1)'],
  ])('reads %s with precedence', (text, expected) => {
    expect(expression(text)).toBe(expected)
  })

  it('joins the operands of a condition with and', () => {
    const tree = parse('find where name="x" !disabled comment~"y" or dynamic=yes')
    const node = tree.statement(0)
    if (node.kind !== 'command') throw new Error('a command was expected')
    const from = node.arguments[2]?.firstToken ?? 0
    expect(show(parseCondition(tree, from, node.endToken))).toBe(
      '((((name = "x") and (! disabled)) and (comment ~ "y")) or (dynamic = yes))',
    )
  })

  it('reads arrays with and without keys', () => {
    const node = first(':local a {1; "k"=2; x={3;4}; ($b + 1)}')
    const value = node.kind === 'command' ? node.arguments[2]?.value : undefined
    if (value?.kind !== 'block') throw new Error('a block was expected')
    expect(value.elements.map((element) => [show(element.key), show(element.value)])).toEqual([
      ['<nothing>', '1'],
      ['"k"', '2'],
      ['x', 'block{3}; {4}'],
      ['<nothing>', '(($b + 1))'],
    ])
  })
})

describe('string parts', () => {
  const parts = (text: string) => {
    const node = first(`:put ${text}`)
    const value = node.kind === 'command' ? node.arguments[1]?.value : undefined
    return value?.kind === 'string' ? value.parts.map(show) : []
  }

  it('finds variables, substitutions and groups inside a string', () => {
    expect(parts('"a $b c$[/ip get "x"]-$(1 + 2)."')).toEqual([
      '"a "',
      '$b',
      '" c"',
      '[{/ip get "x"}]',
      '"-"',
      '((1 + 2))',
      '"."',
    ])
  })

  it('leaves escaped and lone dollar signs as text', () => {
    expect(parts('"\\$a costs 5$ or $"')).toEqual(['"$a costs 5$ or $"'])
  })

  it('gives positions of embedded code in the whole source', () => {
    const text = ':put "ab $[:len $x] c"'
    const tree = parse(text)
    const node = tree.statement(0)
    const value = node.kind === 'command' ? node.arguments[1]?.value : undefined
    const part = value?.kind === 'string' ? value.parts[1] : undefined
    if (part?.kind !== 'substitution') throw new Error('a substitution was expected')
    expect(tree.text(part.range)).toBe('[:len $x]')
    expect(part.statements[0] && tree.text(part.statements[0].range)).toBe(':len $x')
  })

  it('knows whether a string is constant', () => {
    const constant = (text: string) => {
      const node = first(`:put ${text}`)
      const value = node.kind === 'command' ? node.arguments[1]?.value : undefined
      return value?.kind === 'string' && value.constant
    }
    expect([constant('"a\\$b"'), constant('"a$b"'), constant('"a$ b"'), constant('"$[x]"')]).toEqual([
      true,
      false,
      true,
      false,
    ])
  })
})
