import { buildDocument, compareManagementPath, parse, planRestore } from '@tod/rsc-parser'
import { describe, expect, it } from 'vitest'
import { corpusNote, hasCorpus, readCorpus } from '../corpus/corpus.js'
import { fromAfar, fromLan, office } from './lockout-cases.js'

const document = (text: string) => buildDocument(parse(text))

describe('the verdict after each statement of a plan', () => {
  it('names the statement that cuts the way in', () => {
    const current = document(office)
    const target = document(
      office.replace('add address=203.0.113.0/28 list=admins\n', '').replace('ether4\n', 'ether5\n'),
    )
    const { statements } = planRestore(current, target)

    const report = compareManagementPath(current, target, fromAfar, { statements })

    const cutting = report.afterStatement?.find((step) => step.verdict === 'lockout')
    expect(report.verdict).toBe('lockout')
    expect(report.afterStatement).toHaveLength(statements.length)
    expect(statements[cutting?.statement ?? -1]?.menu).toBe('/ip firewall address-list')
    expect(cutting?.because).toMatch(/refuses \(drop\)/)
    expect(report.afterStatement?.at(-1)?.verdict).toBe('lockout')
  })

  it('shows a moment of danger that the change as a whole does not have', () => {
    const current = document(office)
    const target = document(
      office.replace('192.0.2.1/24 interface=bridge', '192.0.2.1/24 comment=new interface=bridge'),
    )
    const remove = {
      index: 0,
      label: '192.0.2.1/24 on bridge',
      menu: '/ip address',
      verb: 'remove',
      changes: [],
      effect: { kind: 'remove', menu: '/ip address', item: 'c0' },
      inverse: { kind: 'remove', menu: '/ip address', item: 'c0' },
      text: '',
    } as const

    const report = compareManagementPath(current, target, fromLan, { statements: [remove] })

    expect(report.verdict).toBe('safe')
    expect(report.afterStatement).toEqual([
      { statement: 0, verdict: 'lockout', because: 'no interface is known to carry 192.0.2.1' },
    ])
  })

  it.skipIf(!hasCorpus)(
    `ends where the comparison as a whole ends, on all pairs of exports${corpusNote}`,
    { timeout: 300_000 },
    () => {
      const files = readCorpus('pairs')
      const tally: Record<string, number> = {}
      for (let at = 0; at + 1 < files.length; at += 2) {
        const [older, newer] = [files[at], files[at + 1]].map((file) =>
          document(new TextDecoder('latin1').decode(file?.bytes ?? new Uint8Array())),
        )
        if (newer === undefined || older === undefined) continue
        const address = older.menu('/ip address')?.items[0]?.properties.get('address')?.value.split('/')[0]
        if (address === undefined || !/^[\d.]+$/.test(address)) continue
        const { statements } = planRestore(older, newer)
        const path = {
          source: address.replace(/\d+$/, (last) => (last === '2' ? '3' : '2')),
          destination: address,
        }
        const report = compareManagementPath(older, newer, path, { statements })
        tally[report.verdict] = (tally[report.verdict] ?? 0) + 1
        expect(report.afterStatement).toHaveLength(statements.length)
      }
      console.info(`pairs by verdict: ${JSON.stringify(tally)}`)
      expect(Object.values(tally).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(10)
    },
  )
})
