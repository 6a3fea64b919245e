import { describe, expect, it } from 'vitest'
import { unwrapLines } from '../../src/export/unwrap-lines.js'
import { type ExportToken, wrapCommand } from '../../src/export/wrap-command.js'
import { seededRandom } from '../../src/faults/seeded-random.js'

const property = (name: string, value: string): ExportToken => ({ kind: 'property', name, value })

describe('wrapping of an export line', () => {
  it('leaves 77 columns on one line and breaks 78', () => {
    expect(wrapCommand('add', [property('comment', 'a'.repeat(65))], 80)).toEqual([
      `add comment=${'a'.repeat(65)}`,
    ])
    expect(wrapCommand('add', [property('comment', 'a'.repeat(66))], 80)).toEqual([
      'add comment=\\',
      `    ${'a'.repeat(66)}`,
    ])
  })

  it('moves a whole property down when not even its name fits', () => {
    const long = property('address', 'b'.repeat(60))

    expect(wrapCommand('add', [long, property('interface', 'ether1')], 80)).toEqual([
      `add address=${'b'.repeat(60)} \\`,
      '    interface=ether1',
    ])
  })

  it('starts a string that is longer than a line where it stands and breaks inside, at 79 columns', () => {
    const lines = wrapCommand('add', [property('comment', 'c d'.repeat(50))], 80)

    expect(lines[0]).toMatch(/^add comment="c d.*\\$/)
    expect(Math.max(...lines.slice(0, -1).map((line) => line.length))).toBe(79)
  })

  it('starts such a string on the line when its quote still fits in front of column 79', () => {
    const text = 'c d'.repeat(50)

    expect(wrapCommand('add', [property('name', 'n'.repeat(59)), property('comment', text)], 80)[0]).toMatch(
      /^.{77}"\\$/,
    )
    expect(wrapCommand('add', [property('name', 'n'.repeat(60)), property('comment', text)], 80)[1]).toMatch(
      /^ {4}comment="c d/,
    )
  })

  it('quotes a bare list only because it is too long for a line', () => {
    const policy = Array.from({ length: 14 }, (_, i) => `policy${i}`).join(',')

    expect(wrapCommand('set full', [property('policy', policy)], 80)[0]).toMatch(/^set full policy="policy0/)
    expect(wrapCommand('set full', [property('policy', policy)], Number.POSITIVE_INFINITY)).toEqual([
      `set full policy=${policy}`,
    ])
  })

  it('breaks in front of every line feed of a string, in terse style too', () => {
    const lines = wrapCommand('add', [property('source', ':put 1\n:put 2')], Number.POSITIVE_INFINITY)

    expect(lines).toEqual(['add source=":put 1\\', '    \\n:put 2"'])
  })

  it('begins a script on the next line when it fits on one of its own, as any other value', () => {
    const before = property('comment', 'c'.repeat(50))
    const script = property('on-event', '/log info "one"\r\n/log info "two"')

    expect(wrapCommand('add', [script], 80)).toEqual([
      'add on-event="/log info \\"one\\"\\r\\',
      '    \\n/log info \\"two\\""',
    ])
    expect(wrapCommand('add', [before, script], 80)).toEqual([
      `add comment=${'c'.repeat(50)} on-event=\\`,
      '    "/log info \\"one\\"\\r\\',
      '    \\n/log info \\"two\\""',
    ])
  })

  it('starts a script where it stands when it does not fit on a line of its own', () => {
    const script = property('on-event', `/log info one\r\n/log info ${'x'.repeat(60)}`)

    expect(wrapCommand('add', [property('comment', 'c'.repeat(40)), script], 80)).toEqual([
      `add comment=${'c'.repeat(40)} on-event="/log info one\\r\\`,
      `    \\n/log info ${'x'.repeat(60)}"`,
    ])
  })

  it('writes a blank that would begin a line as \\_', () => {
    const lines = wrapCommand('add', [property('comment', `${'x'.repeat(65)} y${'z'.repeat(40)}`)], 80)

    expect(lines[1]).toMatch(/^ {4}\\_y/)
  })

  it('can be joined again to what it was, whatever the values are', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const random = seededRandom(seed)
      const tokens = Array.from({ length: 1 + Math.floor(random() * 8) }, (_, i) =>
        property(
          `p${i}`,
          Array.from({ length: Math.floor(random() * 120) }, () =>
            String.fromCharCode(Math.floor(random() * 256)),
          ).join(''),
        ),
      )
      const width = 40 + Math.floor(random() * 100)

      const joined = unwrapLines(wrapCommand('add', tokens, width).join('\n')).map((line) =>
        line.replaceAll('\\_', ' '),
      )
      const flat = unwrapLines(wrapCommand('add', tokens, Number.POSITIVE_INFINITY).join('\n'))

      expect([seed, joined.join('|').replaceAll('"', '')]).toEqual([
        seed,
        flat.join('|').replaceAll('\\_', ' ').replaceAll('"', ''),
      ])
    }
  })
})
