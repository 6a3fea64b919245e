import { applyFixes, configFor, fixText, lint, lintText, readLintConfig } from '@tod/rsc-parser'
import { describe, expect, it } from 'vitest'

const twice = `/ip address
add address=192.0.2.1/24 interface=ether1
add address=192.0.2.1/24 interface=ether2
`
const idsOf = (text: string, config = {}, path?: string): string[] =>
  lintText(text, config, path).map((finding) => finding.ruleId)

describe('lint', () => {
  it('says where, why and what else is involved', () => {
    const [finding] = lintText(twice, { extends: [], rules: { 'duplicate-address': 'error' } })

    expect(finding).toMatchObject({
      ruleId: 'duplicate-address',
      severity: 'error',
      line: 3,
      column: 5,
      endLine: 3,
      endColumn: 25,
      message: 'Address 192.0.2.1 stands on ether1 as well: which of them answers is chance.',
      related: [{ line: 2, message: 'The first one.' }],
    })
  })

  it('uses preset recommended by default, later presets over earlier ones, and rules over all', () => {
    const upnp = '/ip upnp\nset enabled=yes\n'

    expect(idsOf(upnp)).toEqual([])
    expect(idsOf(upnp, { extends: ['recommended', 'security'] })).toEqual(['no-upnp'])
    expect(idsOf(upnp, { extends: ['security'], rules: { 'no-upnp': 'off' } })).toEqual([])
    expect(lintText(upnp, { rules: { 'no-upnp': 'error' } })[0]?.severity).toBe('error')
  })

  it('takes overrides per glob, the last one winning', () => {
    const config = {
      overrides: [
        { files: ['lab/**'], rules: { 'duplicate-address': 'off' } },
        { files: ['*.tmpl.rsc'], rules: { 'overlapping-subnets': 'off' } },
        { files: ['lab/strict-{a,b}.rsc'], rules: { 'duplicate-address': 'warn' } },
      ],
    } as const

    expect(idsOf(twice, config, 'prod/r1.rsc')).toEqual(['duplicate-address', 'overlapping-subnets'])
    expect(idsOf(twice, config, 'lab/deep/r1.rsc')).toEqual(['overlapping-subnets'])
    expect(idsOf(twice, config, 'lab/r1.tmpl.rsc')).toEqual([])
    expect(idsOf(twice, config, 'lab/strict-b.rsc')).toEqual(['duplicate-address', 'overlapping-subnets'])
  })

  it('takes a menu export for a fragment and a whole export for one, unless told', () => {
    const header = '# 2025-01-01 00:00:00 by RouterOS 7.15\n'
    const rules = '/ip firewall filter\nadd action=accept chain=input protocol=icmp\n'
    const whole = `${header}/interface bridge\nadd name=b\n/interface list\nadd name=L\n/ip pool\nadd name=p ranges=192.0.2.2\n/ip address\nadd address=192.0.2.1/24 interface=b\n${rules}/system identity\nset name=r\n`

    expect(idsOf(`${header}${rules}`)).toEqual([])
    expect(idsOf(whole)).toContain('use-input-drop')
    expect(idsOf(whole, { kind: 'fragment' })).not.toContain('use-input-drop')
    expect(idsOf(`${header}${rules}`, { kind: 'export' })).toContain('use-input-drop')
  })

  it('judges by the release asked for', () => {
    const text = '# jan/01/2022 00:00:00 by RouterOS 6.49.5\n/routing filter\nadd chain=x\n'
    const config = { extends: [], rules: { 'no-menu-of-other-version': 'warn' } } as const

    expect(idsOf(text, config)).toEqual([])
    expect(idsOf(text, { ...config, ros: '7.16' })).toEqual(['no-menu-of-other-version'])
  })

  it('obeys comments for the next line, for stretches and for single rules', () => {
    const disable = (comment: string): string =>
      twice.replace(
        'add address=192.0.2.1/24 interface=ether2',
        `# ${comment}\nadd address=192.0.2.1/24 interface=ether2`,
      )

    expect(idsOf(disable('rsc-lint-disable-next-line'))).toEqual([])
    expect(idsOf(disable('rsc-lint-disable-next-line duplicate-address -- two VRFs'))).toEqual([
      'overlapping-subnets',
    ])
    expect(idsOf(disable('rsc-lint-disable overlapping-subnets, duplicate-address'))).toEqual([])
    expect(idsOf(disable('rsc-lint-disable\n# rsc-lint-enable duplicate-address'))).toEqual([
      'duplicate-address',
    ])
    expect(idsOf(disable('rsc-lint-disable-next-line no-upnp'))).toHaveLength(2)
    expect(idsOf(disable('not rsc-lint-disable'))).toHaveLength(2)
  })

  it('shows text as people read it, whatever the encoding', () => {
    const [finding] = lintText('/interface bridge\nadd name="B\\C3\\BCro"\nadd name="B\\C3\\BCro"\n')

    expect(finding?.message).toBe('The name "Büro" is taken: the device refuses the second item.')
  })

  it('never throws, whatever it is given', () => {
    const nasty = [
      '',
      '\0',
      '/',
      '/ip',
      '"',
      '[[[[',
      'add',
      '/ip address\nadd',
      '#',
      '\\',
      '/ip firewall filter\nadd chain',
      '/ip service\nset [ find',
      'set 0 a=b',
      '/interface bridge vlan\nadd vlan-ids=-',
      '/ip address\nadd address=999.1.1.1/99',
    ]
    for (const text of nasty) {
      expect(() => lint(text, { config: { extends: ['all'], kind: 'export' } })).not.toThrow()
    }
  })
})

describe('fixes', () => {
  it('take away what stands there twice, once', () => {
    const text = '/interface vlan\nadd disabled=no disabled=no interface=ether1 name=v10 vlan-id=10\n'
    const once = fixText(text)

    expect(once).toMatchObject({
      fixed: 1,
      findings: [],
      text: text.replace(' disabled=no disabled=no', ' disabled=no'),
    })
    expect(fixText(once.text)).toMatchObject({ fixed: 0, text: once.text })
  })

  it('leave different values alone: which one is meant is for a person to say', () => {
    const text = '/interface vlan\nadd disabled=no disabled=yes interface=ether1 name=v10 vlan-id=10\n'

    expect(fixText(text)).toMatchObject({ fixed: 0, text })
    expect(applyFixes(text, lintText(text)).made).toBe(0)
  })
})

describe('the configuration', () => {
  it('is checked, with a sentence per mistake', () => {
    const { errors } = readLintConfig({
      extends: ['strict'],
      rules: { 'no-such-rule': 'warn', 'no-upnp': 'loud' },
      ros: 'seven',
      kind: 'whole',
      colour: true,
      overrides: [{ files: '*.rsc' }, 3],
      ignore: [1],
    })

    expect(errors).toEqual([
      'Unknown key "colour".',
      'there is no rule "no-such-rule".',
      'rule "no-upnp" must be "off", "warn" or "error".',
      '"ros" must be a release such as "7.16".',
      '"kind" must be "auto", "export" or "fragment".',
      'There is no preset "strict".',
      '"ignore" is no list of globs.',
      'overrides[0]: "files" is no list of globs.',
      'overrides[1]: no JSON object.',
    ])
    expect(readLintConfig([]).errors).toEqual(['The configuration is no JSON object.'])
    expect(readLintConfig({ extends: ['security'], ros: '7.16' }).errors).toEqual([])
  })

  it('gives every rule a setting in every preset', () => {
    for (const preset of ['recommended', 'security', 'all'] as const) {
      expect(configFor({ extends: [preset] }).rules.size).toBe(61)
    }
    expect([...configFor({ extends: ['all'] }).rules.values()]).not.toContain('off')
  })
})
