import { describe, expect, it } from 'vitest'
import { onePerLine, wrapCommand } from '../../src/index.js'

describe('wrapping a command at 80 columns', () => {
  it('moves a word down that does not fit in column 77', () => {
    const name = 'x'.repeat(62)
    expect(wrapCommand('add', [{ text: name }, { name: 'comment', value: 'abc' }, { text: 'fib' }])).toBe(
      `add ${name} comment=\\\n    abc fib`,
    )
  })

  it('keeps the name on the line and moves the value when only the name fits', () => {
    expect(wrapCommand('add', [{ text: 'x'.repeat(50) }, { name: 'interface', value: 'y'.repeat(20) }])).toBe(
      `add ${'x'.repeat(50)} interface=\\\n    ${'y'.repeat(20)}`,
    )
  })

  it('moves name and value when not even the name fits', () => {
    expect(wrapCommand('add', [{ text: 'x'.repeat(70) }, { name: 'interface', value: 'y' }])).toBe(
      `add ${'x'.repeat(70)} \\\n    interface=y`,
    )
  })

  it('breaks a long quoted value inside, never within an escape', () => {
    const value = `"${'ab\\"'.repeat(30)}"`
    const wrapped = wrapCommand('add', [{ name: 'comment', value }])
    const [first = '', second = ''] = wrapped.split('\n')
    expect(first).toHaveLength(79)
    expect(first.endsWith('\\"\\') || /[ab]\\$/.test(first)).toBe(true)
    expect(second.startsWith('    ')).toBe(true)
    expect(wrapped.replace(/\\\n {4}/g, '')).toBe(`add comment=${value}`)
  })

  it('writes a blank that would begin a line inside a value as an escape', () => {
    const value = `"${'x'.repeat(65)} ${'y'.repeat(20)}"`
    expect(wrapCommand('add', [{ name: 'comment', value }])).toBe(
      `add comment="${'x'.repeat(65)}\\\n    \\_${'y'.repeat(20)}"`,
    )
  })

  it('breaks before every line feed of a value, however short', () => {
    expect(wrapCommand('add', [{ name: 'source', value: '"a\\r\\n\\nb"' }, { text: 'fib' }])).toBe(
      'add source="a\\r\\\n    \\n\\\n    \\nb" fib',
    )
    expect(wrapCommand('add', [{ name: 'source', value: '"a\\nb"' }], Number.POSITIVE_INFINITY)).toBe(
      'add source="a\\\n    \\nb"',
    )
  })

  it('quotes a bare list that is longer than a line, so that it can be broken', () => {
    const list = Array.from({ length: 20 }, (_, i) => `policy${i}`).join(',')
    const wrapped = wrapCommand('set', [{ text: 'full' }, { name: 'policy', value: list }])
    expect(wrapped.startsWith('set full policy="policy0,')).toBe(true)
    expect(wrapped.replace(/\\\n {4}/g, '')).toBe(`set full policy="${list}"`)
  })
})

describe('one property per line', () => {
  it('puts each word on a continued line', () => {
    expect(onePerLine('add', [{ text: 'fib' }, { name: 'a', value: '1' }])).toBe(
      'add \\\n    fib \\\n    a=1',
    )
  })
})
