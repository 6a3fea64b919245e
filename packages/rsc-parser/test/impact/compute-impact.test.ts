import { computeImpact, parseRsc, validateRsc } from '@tod/rsc-parser'
import { describe, expect, it } from 'vitest'
import { office } from './lockout-cases.js'

const after = (...edits: readonly (readonly [string, string])[]): string =>
  edits.reduce((text, [from, to]) => {
    expect(text).toContain(from)
    return text.replace(from, to)
  }, office)
const riskOf = (target: string, path: string): string | undefined =>
  computeImpact(office, target).categories.find((category) => category.path === path)?.risk

describe('computeImpact', () => {
  it('says nothing when nothing changes, also when layout, date and order of properties do', () => {
    const same = after(
      ['2025-01-01 00:00:00', '2025-02-02 12:00:00'],
      ['add bridge=bridge interface=ether3', 'add interface=ether3 bridge=\\\n    bridge'],
    )

    expect(computeImpact(office, same)).toEqual({
      diff: { added: 0, removed: 0, modified: 0 },
      categories: [],
      warnings: [],
    })
  })

  it('counts items and puts each change in its menu, modified ones on both sides', () => {
    const impact = computeImpact(
      office,
      after(
        ['add gateway=198.51.100.1', 'add gateway=198.51.100.9'],
        ['add name=WAN\n', 'add name=WAN\nadd name=DMZ\n'],
        ['add bridge=bridge interface=ether4\n', ''],
      ),
    )

    expect(impact.diff).toEqual({ added: 1, removed: 1, modified: 1 })
    expect(impact.categories.map(({ path }) => path).sort()).toEqual([
      '/interface bridge port',
      '/interface list',
      '/ip route',
    ])
    expect(impact.categories.find(({ path }) => path === '/interface list')).toEqual({
      path: '/interface list',
      adds: 1,
      removes: 0,
      risk: 'high',
    })
    expect(impact.categories.find(({ path }) => path === '/interface bridge port')).toMatchObject({
      adds: 0,
      removes: 1,
    })
    expect(impact.categories.find(({ path }) => path === '/ip route')).toMatchObject({
      adds: 1,
      removes: 1,
      risk: 'high',
    })
  })

  it('rates by menu and by property', () => {
    expect(riskOf(after(['protocol=icmp', 'protocol=icmp comment=ping']), '/ip firewall filter')).toBe('none')
    expect(riskOf(after(['protocol=icmp', 'log=yes protocol=icmp']), '/ip firewall filter')).toBe('low')
    expect(riskOf(after(['list=!LAN\n', 'list=!WAN\n']), '/ip firewall filter')).toBe('high')
    expect(
      riskOf(after(['list=!LAN\n', 'list=!LAN\nadd action=drop chain=forward\n']), '/ip firewall filter'),
    ).toBe('medium')
    expect(
      riskOf(
        after(['list=!LAN\n', 'list=!LAN\nadd action=drop chain=input disabled=yes\n']),
        '/ip firewall filter',
      ),
    ).toBe('low')
    expect(
      riskOf(
        after(['list=admins\n', 'list=admins\nadd address=192.0.2.9 list=admins\n']),
        '/ip firewall address-list',
      ),
    ).toBe('high')
    expect(
      riskOf(
        after(['list=admins\n', 'list=admins\nadd address=192.0.2.9 list=other\n']),
        '/ip firewall address-list',
      ),
    ).toBe('low')
    const nat = (rule: string): string =>
      `${office}/ip firewall nat\nadd chain=dstnat ${rule} to-addresses=192.0.2.9\n`
    expect(riskOf(nat('action=dst-nat dst-port=8080 protocol=tcp'), '/ip firewall nat')).toBe('medium')
    expect(riskOf(nat('action=dst-nat dst-port=22 protocol=tcp'), '/ip firewall nat')).toBe('high')
    expect(
      riskOf(
        after(['set telnet disabled=yes', 'set telnet disabled=yes\nset api disabled=yes']),
        '/ip service',
      ),
    ).toBe('high')
    expect(
      riskOf(after(['set telnet disabled=yes', 'set telnet disabled=yes port=2323']), '/ip service'),
    ).toBe('low')
    expect(riskOf(`${office}/system identity\nset name=x\n`, '/system identity')).toBe('low')
    expect(riskOf(`${office}/ip dns static\nadd address=192.0.2.9 name=x\n`, '/ip dns static')).toBe('low')
    expect(
      riskOf(after(['set telnet disabled=yes', 'set telnet disabled=yes\nset ssh port=2222']), '/ip service'),
    ).toBe('high')
  })

  it('warns of what bites, with menu, side and line', () => {
    const { warnings } = computeImpact(
      office,
      after(
        ['add action=accept chain=input protocol=icmp\n', ''],
        ['set telnet disabled=yes', 'set telnet disabled=yes\nset ssh disabled=yes'],
        ['add address=198.51.100.2/24 interface=ether1\n', ''],
        ['/ip route', '/ip firewall raw\nadd action=drop chain=prerouting\n/ip route'],
      ),
    )

    expect(warnings).toContainEqual(
      expect.stringMatching(/^\/ip service \(target line \d+\): Service ssh is switched off/),
    )
    expect(warnings).toContainEqual(
      expect.stringMatching(/^\/ip address \(current line \d+\): Address 198\.51\.100\.2\/24 on ether1 goes/),
    )
    expect(warnings).toContainEqual(
      expect.stringMatching(
        /^\/ip firewall raw \(target line \d+\): A new rule refuses whatever reaches it in chain prerouting/,
      ),
    )
    expect(warnings).toContainEqual(
      expect.stringMatching(
        /^\/ip firewall filter \(current line \d+\): A rule that lets connections in to the device goes/,
      ),
    )
  })

  it('warns when a rule that lets in changes whom it lets in, and not when its comment does', () => {
    const narrower = after(['list=admins\nadd action=drop', 'list=others\nadd action=drop'])
    const named = after(['list=admins\nadd action=drop', 'list=admins comment=ssh\nadd action=drop'])

    expect(computeImpact(office, narrower).warnings).toEqual([
      expect.stringMatching(
        /^\/ip firewall filter \(target line \d+\): A rule that lets connections in .* now lets in others/,
      ),
    ])
    expect(computeImpact(office, named).warnings).toEqual([])
  })

  it('keeps quiet about a drop-all that was there before', () => {
    const { warnings } = computeImpact(office, `${office}/ip dns\nset servers=192.0.2.53\n`)

    expect(warnings).toEqual([])
  })

  it('says when the target is cut, of another version or of another model', () => {
    const cut = `${office.replace('7.15.2', '6.49.2').replace('RB5009', 'hAP')}/ip dns\nset servers="192.0.2`
    const { warnings } = computeImpact(office, cut)

    expect(warnings.join('\n')).toMatch(
      /not complete[\s\S]*RouterOS 6[\s\S]*another model \(hAP instead of RB5009\)/,
    )
  })

  it('does not throw on anything', () => {
    for (const text of ['', '\0', '"', '[', 'x', '/ip address\nadd', '#interrupted']) {
      expect(() => computeImpact(office, text)).not.toThrow()
      expect(() => computeImpact(text, office)).not.toThrow()
    }
  })
})

describe('the compatible shapes', () => {
  it('count commands by menu and keep their text', () => {
    const { categories } = parseRsc(
      '/ip address\nadd address=192.0.2.1/24 \\\n    interface=ether1\nremove [ find ]\n/ip dns set servers=192.0.2.53\n',
    )

    expect(categories).toEqual([
      {
        path: '/ip address',
        adds: 1,
        sets: 0,
        removes: 1,
        commands: ['add address=192.0.2.1/24 \\\n    interface=ether1', 'remove [ find ]'],
      },
      { path: '/ip dns', adds: 0, sets: 1, removes: 0, commands: ['/ip dns set servers=192.0.2.53'] },
    ])
  })

  it('tell what can be imported from what cannot', () => {
    expect(validateRsc(office)).toEqual({ valid: true, errors: [] })
    expect(validateRsc('')).toEqual({ valid: true, errors: [] })
    const broken = validateRsc('/ip address\nadd comment="x\n')
    expect(broken.valid).toBe(false)
    expect(broken.errors[0]).toMatch(/^line 2: /)
    expect(validateRsc('# x\n#interrupted').valid).toBe(false)
  })
})
