import { describe, expect, it } from 'vitest'
import { buildDocument, displayText, parseBytes } from '../../src/index.js'

const header =
  '# 2024-10-25 12:09:43 by RouterOS 7.15.2\n# software id = AAAA-0000\n#\n# model = RB3011UiAS\n# serial number = 000000000000\n'

describe('the header', () => {
  it('states version, date, ids and model', () => {
    expect(buildDocument(header).header).toMatchObject({
      routerosVersion: '7.15.2',
      major: 7,
      majorIsStated: true,
      writtenAt: '2024-10-25 12:09:43',
      softwareId: 'AAAA-0000',
      model: 'RB3011UiAS',
      serialNumber: '000000000000',
      range: { start: 0, end: header.length - 1 },
    })
  })

  it('reads the old date form, an empty software id and lines with only a hash', () => {
    const text =
      '# feb/25/2021 09:40:07 by RouterOS 6.47.1\n# software id = \n#\n#\n#\n/ip pool\nadd name=a ranges=10.0.0.2\n'
    expect(buildDocument(text).header).toMatchObject({ routerosVersion: '6.47.1', major: 6, softwareId: '' })
    expect(buildDocument(text).items[0]?.comments).toEqual([])
  })

  it('finds the header below a prompt', () => {
    const document = buildDocument(`[admin@MikroTik] > /export\n${header}`)
    expect(document.header.routerosVersion).toBe('7.15.2')
  })

  it('guesses the version by menus that only one has', () => {
    expect(buildDocument('/ip route rule\nadd table=main\n').header).toMatchObject({
      major: 6,
      majorIsStated: false,
    })
    expect(buildDocument('/routing table\nadd fib name=x\n').header).toMatchObject({
      major: 7,
      majorIsStated: false,
    })
  })

  it('tells terse from wrapped layout and verbose from compact', () => {
    expect(buildDocument('/ip address add address=1.1.1.1/24 interface=a\n').header.layout).toBe('terse')
    expect(buildDocument('/ip address\nadd address=1.1.1.1/24 interface=a\n').header.layout).toBe('wrapped')
    expect(buildDocument('/ip firewall filter\nadd chain=a !src-port !dst-port\n').header.verbose).toBe(true)
    expect(buildDocument('/ip firewall filter\nadd chain=a\n').header.verbose).toBe(false)
  })
})

describe('menus and items', () => {
  it('merges the sections of a menu and keeps items in order', () => {
    const document = buildDocument(
      '/ip pool\nadd name=a ranges=10.0.0.2\n/ip dhcp-server\nadd interface=x name=d\n/ip pool\nadd name=b ranges=10.0.1.2\n',
    )
    expect(document.menus.map((section) => section.path)).toEqual(['/ip pool', '/ip dhcp-server'])
    const pool = document.menu('/ip/pool')
    expect(pool?.items.map((item) => [item.index, item.properties.get('name')?.value])).toEqual([
      [0, 'a'],
      [1, 'b'],
    ])
    expect(pool?.headings).toHaveLength(2)
    expect(pool?.kind).toBe('list')
  })

  it('reads terse, slash and relative forms as the same menu', () => {
    const document = buildDocument(
      '/ip firewall filter add chain=a\n/ip/firewall/filter/add chain=b\n/ip firewall\nfilter add chain=c\n/ip firewall filter\nadd chain=d\n..nat\n',
    )
    expect(
      document.menu('/ip firewall filter')?.items.map((item) => item.properties.get('chain')?.value),
    ).toEqual(['a', 'b', 'c', 'd'])
  })

  it('knows singletons', () => {
    const document = buildDocument(
      '/system identity\nset name="my router"\n/ip dns set servers=1.1.1.1,8.8.8.8\n',
    )
    expect(document.menu('/system identity')?.kind).toBe('singleton')
    expect(document.menu('/system identity')?.items[0]?.identity).toEqual({
      kind: 'singleton',
      properties: [],
      text: '',
    })
    expect(document.menu('/ip dns')?.items[0]?.properties.get('servers')?.value).toBe('1.1.1.1,8.8.8.8')
  })

  it('expands elided prefixes, across a line break too', () => {
    const document = buildDocument(
      '/interface wifi\nset [ find default-name=wifi1 ] channel.band=5ghz-ax .width=20/40mhz \\\n    .frequency=5180 configuration.country=Latvia .mode=ap disabled=no .ssid=x\n',
    )
    expect([...(document.items[0]?.properties.keys() ?? [])]).toEqual([
      'channel.band',
      'channel.width',
      'channel.frequency',
      'configuration.country',
      'configuration.mode',
      'disabled',
      'configuration.ssid',
    ])
  })

  it('reports an elided prefix that nothing gives', () => {
    const document = buildDocument('/interface wifi\nadd .width=20mhz\n')
    expect(document.problems.map((problem) => problem.code)).toEqual(['elided-prefix-without-group'])
  })

  it('keeps unset properties, flags and negations apart', () => {
    const document = buildDocument(
      '/routing table\nadd fib name=x\n/ip firewall filter\nadd chain=a !src-port in-interface-list=!LAN\n',
    )
    const [table, rule] = document.items
    expect(table?.properties.get('fib')).toMatchObject({ state: 'flag', value: '' })
    expect(rule?.properties.get('src-port')).toMatchObject({ state: 'unset' })
    expect(rule?.properties.get('in-interface-list')).toMatchObject({ state: 'set', value: '!LAN' })
  })

  it('decodes values to bytes: UTF-8 for text, as they are for bytes', () => {
    const text = '/ip pool\nadd comment="Gr\u00fcn \\E4\\r\\n" name=a\n'
    const fromText = buildDocument(text).items[0]?.properties.get('comment')?.value
    const fromBytes = buildDocument(parseBytes(new TextEncoder().encode(text))).items[0]?.properties.get(
      'comment',
    )?.value
    expect(fromText).toBe('Gr\u00c3\u00bcn \u00e4\r\n')
    expect(fromBytes).toBe(fromText)
    expect(displayText('Gr\u00c3\u00bcn')).toBe('Gr\u00fcn')
  })

  it('gives ranges of item, name and value in the source', () => {
    const text = '/ip pool\nadd name="a b" \\\n    ranges=10.0.0.2\n'
    const document = buildDocument(text)
    const item = document.items[0]
    const property = item?.properties.get('name')
    expect(item && text.slice(item.range.start, item.range.end)).toBe(
      'add name="a b" \\\n    ranges=10.0.0.2',
    )
    expect(property && text.slice(property.valueRange.start, property.valueRange.end)).toBe('"a b"')
    expect(property && text.slice(property.nameRange.start, property.nameRange.end)).toBe('name')
  })

  it('marks values that have to be evaluated', () => {
    const document = buildDocument('/ip pool\nadd name=$x ranges="10.0.0.$y" comment=[:pick "a" 1]\n')
    expect([...(document.items[0]?.properties.values() ?? [])].map((property) => property.constant)).toEqual([
      false,
      false,
      false,
    ])
  })

  it('takes the last of a property given twice and reports it', () => {
    const document = buildDocument('/ip pool\nadd name=a name=b\n')
    expect(document.items[0]?.properties.get('name')?.value).toBe('b')
    expect(document.problems.map((problem) => problem.code)).toEqual(['duplicate-property'])
  })

  it('reports a backslash that begins no escape', () => {
    const document = buildDocument('/ip pool\nadd name="a\\qb\\n"\n')
    expect(document.problems).toMatchObject([{ code: 'invalid-escape', range: { start: 20, end: 21 } }])
  })

  it('reads blocks behind a path in that menu, and plain blocks in the menu in force', () => {
    const document = buildDocument(
      '/system identity\n/ip {\n  pool { add name=a }\n  address\n  add address=1.1.1.1/24 interface=x\n}\n{ set name=y; :put z }\nset name=z\n',
    )
    expect(document.items.map((item) => [item.menu, item.verb, item.statement])).toEqual([
      ['/ip pool', 'add', 1],
      ['/ip address', 'add', 1],
      ['/system identity', 'set', 2],
      ['/system identity', 'set', 3],
    ])
    expect(document.otherStatements.map((other) => other.verb)).toEqual(['put'])
    expect(document.problems).toEqual([])
  })

  it('reads a hundred thousand blocks in each other', () => {
    const depth = 100_000
    const document = buildDocument(`/ip pool\n${'{'.repeat(depth)} add name=a ${'}'.repeat(depth)}\n`)
    expect(document.menu('/ip pool')?.items).toHaveLength(1)
  })

  it('begins in the menu it is told', () => {
    expect(buildDocument('add chain=a\n', { menu: '/ip/firewall/filter' }).items[0]?.menu).toBe(
      '/ip firewall filter',
    )
  })
})

describe('selectors', () => {
  const selector = (line: string, menu: string) => buildDocument(`${menu}\n${line}\n`).items[0]?.selector

  it.each([
    ['set telnet disabled=yes', '/ip service', { kind: 'name', name: 'telnet' }],
    ['set "x y" queue=a', '/queue interface', { kind: 'name', name: 'x y' }],
    ['set 3 remote=1.2.3.4', '/system logging action', { kind: 'numbers', numbers: [3] }],
    ['set 0,2 topics=a', '/system logging', { kind: 'numbers', numbers: [0, 2] }],
    ['set numbers=1 topics=a', '/system logging', { kind: 'numbers', numbers: [1] }],
    ['set *fffffffe use-ipv6=no', '/ppp profile', { kind: 'id', id: '*FFFFFFFE' }],
    [
      'set [ find default-name=ether1 ] name=wan',
      '/interface ethernet',
      { kind: 'find', conditions: [{ name: 'default-name', value: 'ether1' }] },
    ],
    [
      'set [find where name="a b" disabled=no] mtu=1400',
      '/interface vlan',
      {
        kind: 'find',
        conditions: [
          { name: 'name', value: 'a b' },
          { name: 'disabled', value: 'no' },
        ],
      },
    ],
    ['set [find name~"x"] mtu=1400', '/interface vlan', { kind: 'other', text: '[find name~"x"]' }],
    ['set (unknown) queue=a', '/queue interface', { kind: 'other', text: '(unknown)' }],
    ['set $x mtu=1400', '/interface vlan', { kind: 'other', text: '$x' }],
  ])('reads %j', (line, menu, expected) => {
    expect(selector(line, menu)).toMatchObject(expected)
  })
})

describe('identity', () => {
  const identity = (line: string, menu: string, major = 7) => {
    const item = buildDocument(`${menu}\n${line}\n`, { major }).items[0]
    return item && `${item.identity.kind}:${item.identity.text.replaceAll('\0', '|')}`
  }

  it.each([
    ['add address=10.0.0.1/24 interface=bridge', '/ip address', 'key:address=10.0.0.1/24|interface=bridge'],
    ['add name=a', '/ip pool', 'key:name=a'],
    ['set telnet disabled=yes', '/ip service', 'key:name=telnet'],
    ['set [ find name=all ] comment=x', '/interface list', 'key:name=all'],
    ['set [ find default-name=ether1 ] name=x', '/interface ethernet', 'builtin:default-name=ether1'],
    ['set *0 use-ipv6=no', '/ppp profile', 'builtin:*0'],
    ['set 2 topics=a', '/system logging', 'position:2'],
    ['add chain=input action=drop', '/ip firewall filter', 'content:action=drop|chain=input'],
    ['add gateway=1.1.1.1', '/ip route', 'key:dst-address=0.0.0.0/0|gateway=1.1.1.1|routing-table=main'],
    [
      'add gateway=1.1.1.1 dst-address=0.0.0.0/0 routing-table=main',
      '/ip route',
      'key:dst-address=0.0.0.0/0|gateway=1.1.1.1|routing-table=main',
    ],
  ])('of %j in %s', (line, menu, expected) => {
    expect(identity(line, menu)).toBe(expected)
  })

  it('prefers a stated routing mark to the default routing table', () => {
    expect(identity('add dst-address=10.0.0.0/8 gateway=a routing-mark=m', '/ip route', 6)).toBe(
      'key:dst-address=10.0.0.0/8|gateway=a|routing-mark=m',
    )
  })
})

describe('what is not plain configuration', () => {
  it('keeps remarks of the device with the item they precede', () => {
    const document = buildDocument(
      '/interface wireless\n# managed by CAPsMAN\n# channel: 2412\nset [ find default-name=wlan1 ] ssid=x\n',
    )
    expect(document.items[0]?.comments.map((comment) => comment.text)).toEqual([
      'managed by CAPsMAN',
      'channel: 2412',
    ])
  })

  it('collects other statements with their menu', () => {
    const document = buildDocument(
      '/ip address\nremove [find]\n:local x 1\n{ :put a }\n/ip firewall filter move 3 destination=0\n$f a\n/import x.rsc\n',
    )
    expect(document.otherStatements.map((other) => `${other.menu} ${other.verb}`)).toEqual([
      '/ip address remove',
      '/ip address local',
      '/ip address put',
      '/ip firewall filter move',
      '/ip address ',
      '/ import',
    ])
    expect(document.problems).toEqual([])
  })

  it('notes menus that could not be exported, with their reason', () => {
    const text = `${header}#error exporting /interface bridge calea\n#error exporting "/system/leds" (timeout)\n#interrupted\n`
    const document = buildDocument(text)
    expect(document.incompleteMenus.map(({ path, reason }) => [path, reason])).toEqual([
      ['/interface bridge calea', undefined],
      ['/system leds', 'timeout'],
    ])
    expect(document.interrupted).toBe(true)
    expect(document.problems.map((problem) => problem.code)).toEqual([
      'export-error',
      'export-error',
      'export-interrupted',
    ])
  })

  it('reports each unknown menu once, and unknown commands', () => {
    const document = buildDocument('/ip newmenu\nadd a=b\n/ip address\nfrobnicate x\n/ip other add c=d\n')
    expect(document.problems.map(({ code, range }) => [code, range.start])).toEqual([
      ['unknown-menu', 0],
      ['unknown-command', 32],
      ['unknown-menu', 45],
    ])
    expect(document.menu('/ip newmenu')?.items).toHaveLength(1)
  })

  it.each([
    ['in a string', '/system script\nadd name=x source="abc'],
    ['in a continued line', '/ip pool\nadd name=x \\\n'],
    ['behind an equals sign', '/ip pool\nadd name='],
    ['within a property name', '/ip pool\nadd name=x ran'],
  ])('reports an export that was cut %s', (_, text) => {
    expect(buildDocument(header + text).problems.map((problem) => problem.code)).toContain('truncated-export')
  })

  it('does not call a whole export cut because the last line end is missing', () => {
    expect(buildDocument(`${header}/ip pool\nadd name=x ranges=10.0.0.2`).problems).toEqual([])
  })
})
