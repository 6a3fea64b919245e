import {
  buildDocument,
  compareManagementPath,
  evaluateManagementPath,
  type ManagementPath,
  parseBytes,
} from '@tod/rsc-parser'
import { describe, expect, it } from 'vitest'
import { corpusNote, hasCorpus, readCorpus } from '../corpus/corpus.js'
import { Dice } from './random-office.js'

const paths: readonly ManagementPath[] = [
  { source: '192.168.88.10', destination: '192.168.88.1', user: 'admin', inInterface: 'ether2' },
  { source: '10.0.0.0/24', destination: '10.0.0.1', port: 8291 },
  { source: '2001:db8::/56', destination: '2001:db8::1', user: 'x', userGroup: 'read' },
  { source: 'fe80::1', destination: 'fe80::2', port: 443 },
  { source: '0.0.0.0/0', destination: '192.168.1.1', protocol: 'udp', port: 161 },
]

describe('the analysis of a management path', () => {
  it('refuses paths without addresses, and mixed families, as misuse', () => {
    const document = buildDocument('')

    expect(() => evaluateManagementPath(document, { source: 'here', destination: '192.0.2.1' })).toThrow(
      TypeError,
    )
    expect(() => evaluateManagementPath(document, { source: '192.0.2.9', destination: 'router' })).toThrow(
      TypeError,
    )
    expect(() =>
      evaluateManagementPath(document, { source: '192.0.2.9', destination: '2001:db8::1' }),
    ).toThrow(TypeError)
  })

  it('has an answer for an empty document', () => {
    expect(
      evaluateManagementPath(buildDocument(''), { source: '192.0.2.9', destination: '192.0.2.1' }).verdict,
    ).toBe('cannot tell')
  })

  it.skipIf(!hasCorpus)(
    `has an answer for every text and every two of them${corpusNote}`,
    { timeout: 300_000 },
    () => {
      const dice = new Dice(20_250_607)
      const documents = readCorpus()
        .filter((file) => file.bytes.length < 400_000)
        .map((file) => buildDocument(parseBytes(file.bytes)))
      const verdicts = new Set<string>()
      for (let round = 0; round < 300; round++) {
        const [one, other, path] = [dice.pick(documents), dice.pick(documents), dice.pick(paths)]
        verdicts.add(evaluateManagementPath(one, path).verdict)
        const report = compareManagementPath(one, other, path)
        verdicts.add(report.verdict)
        expect(report.because.length).toBeGreaterThan(0)
        expect(compareManagementPath(one, one, path).verdict).toBe('safe')
      }
      expect(verdicts.size).toBeGreaterThan(3)
    },
  )
})
