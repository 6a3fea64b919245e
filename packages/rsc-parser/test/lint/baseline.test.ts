import { lintText, makeBaseline, readBaseline, withoutBaseline } from '@tod/rsc-parser'
import { describe, expect, it } from 'vitest'

const text =
  '/ip address\nadd address=192.0.2.1/24 interface=ether1\nadd address=192.0.2.1/24 interface=ether2\n'

describe('a baseline', () => {
  it('accepts what was found when it was made, also when lines move', () => {
    const baseline = makeBaseline([{ path: 'a.rsc', findings: lintText(text) }])
    const moved = { path: 'a.rsc', findings: lintText(`# a remark\n\n${text}`) }

    expect(withoutBaseline(moved, baseline)).toEqual([])
    expect(withoutBaseline({ ...moved, path: 'b.rsc' }, baseline)).toHaveLength(2)
  })

  it('does not accept one more of the same', () => {
    const baseline = makeBaseline([{ path: 'a.rsc', findings: lintText(text) }])
    const more = lintText(`${text}add address=192.0.2.1/24 interface=ether3\n`)

    expect(
      withoutBaseline({ path: 'a.rsc', findings: more }, baseline).map((finding) => finding.line),
    ).toEqual([4, 4])
  })

  it('is written in a stable order, without files that are clean, and read back', () => {
    const findings = lintText(text)
    const one = makeBaseline([
      { path: 'b.rsc', findings },
      { path: 'c.rsc', findings: [] },
      { path: 'a.rsc', findings },
    ])
    const other = makeBaseline([
      { path: 'a.rsc', findings },
      { path: 'b.rsc', findings: [...findings].reverse() },
    ])

    expect(JSON.stringify(one)).toBe(JSON.stringify(other))
    expect(readBaseline(JSON.parse(JSON.stringify(one)))).toEqual(one)
    expect(readBaseline({ version: 2, files: {} })).toBeUndefined()
    expect(readBaseline('x')).toBeUndefined()
  })
})
