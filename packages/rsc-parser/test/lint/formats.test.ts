import { formatGithub, formatJson, formatPretty, formatSarif, lintRules, lintText } from '@tod/rsc-parser'
import { describe, expect, it } from 'vitest'

const text = `/ppp secret
add name=joe password=Winter2025 password=Winter2025
/ip address
add address=192.0.2.1/24 interface=ether1
add address=192.0.2.1/24 interface=ether2
`
const files = [
  { path: 'sites/büro 1.rsc', text, findings: lintText(text) },
  { path: 'clean.rsc', text: '/ip dns\n', findings: [] },
]

describe('format pretty', () => {
  it('shows place, kind, sentence, rule, source line and related places, and hides secrets', () => {
    const shown = formatPretty(files)

    expect(shown).toContain('sites/büro 1.rsc:5:5 error Address 192.0.2.1 stands on ether1 as well')
    expect(shown).toMatch(/5 \| add address=192\.0\.2\.1\/24 interface=ether2\n\s+\| {5}\^{20}/)
    expect(shown).toContain('sites/büro 1.rsc:4 The first one.')
    expect(shown).not.toContain('Winter2025')
    expect(formatPretty(files, { showSecrets: true })).toContain('Winter2025')
    expect(shown).toMatch(/2 files checked: 1 error, 2 warnings\. 1 can be fixed with --fix\.\n$/)
    expect(formatPretty([{ path: 'a', text: '', findings: [] }])).toBe('1 file checked, nothing found.\n')
  })

  it('colors only when asked', () => {
    expect(formatPretty(files)).not.toContain('\u001b[')
    expect(formatPretty(files, { color: true })).toContain('\u001b[31m')
  })
})

describe('format json', () => {
  it('has the shape that tools for ESLint read', () => {
    const [dirty, clean] = JSON.parse(formatJson(files))

    expect(clean).toMatchObject({ filePath: 'clean.rsc', messages: [], errorCount: 0, warningCount: 0 })
    expect(dirty).toMatchObject({
      errorCount: 1,
      warningCount: 2,
      fixableWarningCount: 1,
      fatalErrorCount: 0,
    })
    expect(dirty.messages[0]).toMatchObject({
      ruleId: 'duplicate-property',
      severity: 1,
      line: 2,
      fix: { text: '' },
    })
    expect(dirty.messages[1]).toMatchObject({
      ruleId: 'duplicate-address',
      severity: 2,
      line: 5,
      endColumn: 25,
    })
  })
})

describe('format github', () => {
  it('writes one workflow command per finding, with what could be mistaken for syntax escaped', () => {
    const lines = formatGithub([{ ...(files[0] ?? { text: '', findings: [] }), path: 'a,b:c.rsc' }])
      .trimEnd()
      .split('\n')

    expect(lines).toHaveLength(3)
    expect(lines[1]).toBe(
      '::error file=a%2Cb%3Ac.rsc,line=5,col=5,endLine=5,endColumn=25,title=duplicate-address::Address 192.0.2.1 stands on ether1 as well: which of them answers is chance.',
    )
  })
})

describe('format sarif', () => {
  it('has what the standard demands, rules that results point to, and URIs', () => {
    const log = JSON.parse(formatSarif(files, '1.2.3'))
    const [run] = log.runs

    expect(log.version).toBe('2.1.0')
    expect(run.tool.driver).toMatchObject({ name: 'rsc lint', version: '1.2.3' })
    expect(run.tool.driver.rules).toHaveLength(lintRules.length)
    expect(run.artifacts).toEqual([
      { location: { uri: 'sites/b%C3%BCro%201.rsc' } },
      { location: { uri: 'clean.rsc' } },
    ])
    for (const result of run.results) {
      expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId)
      expect(['none', 'note', 'warning', 'error']).toContain(result.level)
      const [{ physicalLocation }] = result.locations
      expect(run.artifacts[physicalLocation.artifactLocation.index].location.uri).toBe(
        physicalLocation.artifactLocation.uri,
      )
      expect(physicalLocation.region.startLine).toBeGreaterThan(0)
      expect(physicalLocation.region.endColumn).toBeGreaterThan(0)
    }
    expect(run.results[1].relatedLocations[0]).toMatchObject({ message: { text: 'The first one.' } })
  })
})
