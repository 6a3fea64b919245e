import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/faults/seeded-random.js'
import { compareExport } from '../../src/fidelity/compare-export.js'
import { testRouter } from '../support/test-router.js'

const config = `/interface bridge
add comment="a bridge whose comment alone is long enough to be broken on a screen of eighty columns" name=lan
/ip firewall filter
add action=accept chain=input comment="established, related and untracked" connection-state=established,related,untracked in-interface=lan
/system script
add name=s source=":put 1\\n:put \\"two \\$x\\"\\n" owner=admin policy=read
`

describe('an export compared with what the simulator makes of it', () => {
  for (const width of [80, 120, 158]) {
    it(`is the same when it was captured on ${width} columns`, async () => {
      const { run } = await testRouter({ config, version: '7.16.1' })
      const captured = await run('/export', { width })

      const comparison = compareExport(captured, seededRandom(1))

      expect(comparison.differences).toEqual([])
      expect(comparison.identical).toBe(true)
    })
  }

  it('is the same when it was captured on a screen of almost the usual width, if enough lines tell', async () => {
    const hosts = Array.from(
      { length: 12 },
      (_, n) => `add address=192.0.2.${n} comment=${'c'.repeat(36 + n)} name=printer.example.net`,
    )
    const { run } = await testRouter({
      config: `/ip dns static\n${hosts.join('\n')}\n`,
      version: '7.16.1',
    })

    for (const width of [54, 66, 77, 84]) {
      const { differences } = compareExport(await run('/export', { width }), seededRandom(1))

      expect([width, differences]).toEqual([width, []])
    }
  })

  it('takes a few lines that are broken early for changed ones, not for a narrow screen', async () => {
    const { run } = await testRouter({ config, version: '7.16.1' })
    const changed = (await run('/export')).replace(
      ' owner=admin policy=read',
      ' owner=\\\n    admin policy=read',
    )
    const { differences, width } = compareExport(changed, seededRandom(1))

    expect(width).toBe(80)
    expect(differences.map(({ kind }) => kind)).toContain('wrapping')
  })

  it('keeps CRLF line ends, terse lines and remarks of the router out of the comparison', async () => {
    const { run } = await testRouter({ config, version: '6.49.10' })
    const terse = (await run('/export terse')).replace(
      '/interface bridge add',
      '/interface bridge\n# a remark\nadd',
    )

    expect(compareExport(terse.replaceAll('\n', '\r\n'), seededRandom(1)).differences).toEqual([])
  })

  it('tells what is wrapped, placed or said another way', async () => {
    const { run } = await testRouter({ config, version: '7.16.1' })
    const text = await run('/export')
    const kinds = (edited: string) => [
      ...new Set(compareExport(edited, seededRandom(1)).differences.map(({ kind }) => kind)),
    ]

    expect(kinds(text.replace('\\\n    ', ''))).toContain('wrapping')
    expect(
      kinds(text.replace(/(\/interface bridge\n.*?)(\/ip firewall filter\n.*?)(?=\/system)/s, '$2$1')),
    ).toEqual(['place'])
    expect(kinds(text.replace('name=s', 'name="s"'))).toContain('properties')
    expect(kinds(`${text}nonsense\n`)).toEqual(['missing'])
  })
})
