import { describe, expect, it } from 'vitest'
import { buildDocument, planRestore } from '../../src/index.js'
import { provePlan } from './prove-plan.js'
import { ReferenceRouter } from './reference-router.js'

const header = '# 2024-06-06 15:22:31 by RouterOS 7.14.2\n# software id = AAAA-0000\n#\n'
const document = (text: string) => buildDocument(header + text)
const commands = (from: string, to: string) =>
  planRestore(document(from), document(to)).statements.map((statement) => statement.text)

function expectExact(from: string, to: string) {
  for (const [current, target] of [
    [from, to],
    [to, from],
  ] as const) {
    const proof = provePlan(document(current), document(target))
    expect(proof.plan.unsupported).toEqual([])
    expect(proof.differences).toEqual([])
    expect(proof.emptied).toBe(0)
  }
}

describe('planRestore', () => {
  it('has nothing to do between equal documents', () => {
    const plan = planRestore(
      document('/ip dns\nset servers=192.0.2.1\n'),
      document('/ip dns set servers="192.0.2.1"\n'),
    )

    expect(plan.statements).toEqual([])
    expect(plan.script).toBe('')
  })

  it('adds what is named before what names it, and removes the other way round', () => {
    const small = '/ip pool\nadd name=other ranges=192.0.2.5\n'
    const full =
      '/ip dhcp-server\nadd address-pool=lan interface=bridge1 name=lan\n' +
      '/interface bridge\nadd name=bridge1\n/ip pool\nadd name=other ranges=192.0.2.5\nadd name=lan ranges=192.0.2.10-192.0.2.20\n'

    const there = commands(small, full)
    const back = commands(full, small)

    expect(there.findIndex((text) => text.startsWith('/ip dhcp-server'))).toBe(2)
    expect(back[0]).toMatch(/^\/ip dhcp-server remove /)
    expectExact(small, full)
  })

  it('finds items before it changes anything and stops on another router', () => {
    const from = '/ip address\nadd address=192.0.2.1/24 interface=ether1\n'
    const plan = planRestore(
      document(from),
      document('/ip address\nadd address=192.0.2.1/24 interface=ether2\n'),
    )
    const other = new ReferenceRouter(document('/ip address\nadd address=192.0.2.9/24 interface=ether1\n'))

    expect(() => other.run(plan.script)).toThrow('Not the router this plan was made for')
    expect(plan.script.split('\n').slice(0, 3)).toEqual([
      ':local item1 [/ip address find address="192.0.2.1/24" interface="ether1" dynamic=no]',
      expect.stringMatching(/^:if \(\[:len \$item1\] != 1\) do=\{:error /),
      '/ip address set $item1 interface=ether2',
    ])
  })

  it('stops when the rules of an ordered menu are not those the plan was made for', () => {
    const rules = (first: string) =>
      `/ip firewall filter\nadd action=accept chain=input ${first}\nadd action=drop chain=input\n`
    const plan = planRestore(
      document(rules('dst-port=22 protocol=tcp')),
      document(rules('dst-port=2222 protocol=tcp')),
    )

    expect(() => new ReferenceRouter(document(rules('dst-port=80 protocol=tcp'))).run(plan.script)).toThrow(
      'Not the router',
    )
    expect(() => new ReferenceRouter(document(rules(''))).run(plan.script)).toThrow('Not the router')
  })

  it('renames a bridge with one command and leaves what refers to it to the device', () => {
    const config = (name: string) =>
      `/interface bridge\nadd name=${name} protocol-mode=none\n/interface bridge port\nadd bridge=${name} interface=ether2\n` +
      `/ip address\nadd address=192.0.2.1/24 interface=${name}\n`

    expect(commands(config('bridge1'), config('lan'))).toEqual(['/interface bridge set $item1 name=lan'])
    expectExact(config('bridge1'), config('lan'))
  })

  it('exchanges the names of two ports by way of a temporary one', () => {
    const config = (first: string, second: string) =>
      `/interface ethernet\nset [ find default-name=ether1 ] name=${first}\nset [ find default-name=ether5 ] name=${second}\n` +
      '/ip address\nadd address=192.0.2.1/24 interface=ether1\n'

    expectExact(config('ether1', 'ether5'), config('ether5', 'ether1'))
    expectExact(config('a', 'b'), config('b', 'a').replace('interface=ether1', 'interface=b'))
  })

  it('gives a name to another kind of item while something goes on naming it', () => {
    const uses = '/ip address\nadd address=192.0.2.1/24 interface=lan\n'

    expectExact(
      `/interface bridge\nadd name=lan protocol-mode=none\n${uses}`,
      `/interface vlan\nadd interface=ether1 name=lan vlan-id=5\n${uses}`,
    )
  })

  it('reorders with the fewest moves, within a chain', () => {
    const rules = (...ports: number[]) =>
      `/ip firewall filter\n${ports.map((port) => `add action=accept chain=input dst-port=${port} protocol=tcp\n`).join('')}` +
      'add action=drop chain=input\n'

    const there = commands(rules(1, 2, 3, 4, 5), rules(5, 1, 2, 3, 4))

    expect(there).toHaveLength(1)
    expect(there[0]).toMatch(/ move \$item\d+ destination=\$item\d+$/)
    expectExact(rules(1, 2, 3, 4, 5), rules(5, 4, 3, 1, 2))
    expectExact(rules(1, 1, 2), rules(2, 1, 1, 1))
  })

  it('does not care how rules of different chains are interleaved', () => {
    const from = '/ip firewall filter\nadd chain=input\nadd chain=forward\n'
    const to = '/ip firewall filter\nadd chain=forward\nadd chain=input\n'

    expect(commands(from, to)).toEqual([])
  })

  it('puts a new rule between those of other chains where the target has it, so that the exports agree', () => {
    const rule = (chain: string, port: number) =>
      `add action=drop chain=${chain} dst-port=${port} protocol=tcp\n`
    const menu = '/ip firewall filter\n'
    const kept = [rule('input', 1), rule('forward', 3)]

    expect(commands(menu + kept.join(''), menu + [kept[0], rule('input', 2), kept[1]].join(''))).toEqual([
      '/ip firewall filter add action=drop chain=input dst-port=2 protocol=tcp place-before=$item1',
    ])
    expect(commands(menu + kept.join(''), menu + [rule('forward', 2), ...kept].join(''))).toEqual([
      '/ip firewall filter add action=drop chain=forward dst-port=2 protocol=tcp place-before=$item1',
    ])
    expectExact(
      menu + kept.join(''),
      menu + [rule('forward', 2), kept[0], rule('input', 2), kept[1]].join(''),
    )
  })

  it('keeps each chain in order by itself where the rules that stay are interleaved otherwise', () => {
    const rule = (chain: string, port: number) =>
      `add action=drop chain=${chain} dst-port=${port} protocol=tcp\n`
    const from = ['/ip firewall filter\n', rule('input', 1), rule('forward', 3)]
    const to = ['/ip firewall filter\n', rule('forward', 3), rule('input', 2), rule('input', 1)]

    expect(commands(from.join(''), to.join(''))).toEqual([
      '/ip firewall filter add action=drop chain=input dst-port=2 protocol=tcp place-before=$item1',
    ])
    expectExact(from.join(''), to.join(''))
  })

  it('never leaves a firewall empty while it is replaced', () => {
    const from =
      '/ip firewall filter\nadd action=accept chain=input dst-port=22 protocol=tcp\nadd action=drop chain=input comment=a\n'
    const to =
      '/ip firewall filter\nadd action=accept chain=forward src-address=192.0.2.0/24\nadd action=reject chain=output log=yes\n'

    expectExact(from, to)
  })

  it('takes a service back to its port, a policy away by name, and an option back to nothing', () => {
    expectExact(
      '/ip service\nset ssh port=222\nset www disabled=yes\n',
      '/ip service\nset www disabled=yes\n',
    )
    expectExact(
      '/ip firewall filter\nadd chain=input dst-port=22 protocol=tcp\n',
      '/ip firewall filter\nadd chain=input protocol=tcp\n',
    )
    expect(
      commands('/user group\nset full policy=local,ssh,ftp\n', '/user group\nset full policy=local,ssh\n'),
    ).toEqual(['/user group set $item1 policy=local,ssh,!ftp'])
  })

  it('addresses entries by number and by id as the export does', () => {
    expectExact('/system logging\nset 0 topics=info,!debug\n', '/system logging\nset 0 topics=info\n')
    expect(
      commands('/ppp profile\nset *0 use-encryption=yes\n', '/ppp profile\nset *0 use-encryption=required\n'),
    ).toEqual(['/ppp profile set *0 use-encryption=required'])
  })

  it('leaves a secret alone that the target does not carry', () => {
    const from = '/interface wireguard\nadd listen-port=13231 name=wg1 private-key="abc="\n'
    const to = '/interface wireguard\nadd listen-port=13232 name=wg1\n'
    const plan = planRestore(document(from), document(to))

    expect(plan.statements.map((statement) => statement.text)).toEqual([
      '/interface wireguard set $item1 listen-port=13232',
    ])
    expect(plan.diff.unknown.map((each) => each.property)).toEqual(['private-key'])
  })

  it('says what it cannot do instead of leaving it out silently', () => {
    const from = '/interface bridge port\nadd bridge=bridge1 interface=ether2\n'
    const dangling =
      '/interface bridge port\nadd bridge=bridge1 interface=ether2\nadd bridge=bridge1 interface=*7\n'

    expect(planRestore(document(from), document(dangling)).unsupported.map((each) => each.code)).toEqual([
      'dangling-reference',
    ])
    expect(
      planRestore(document('/ip address\n'), document('/ip address\nremove [find]\n')).unsupported.map(
        (each) => each.code,
      ),
    ).toEqual(['not-configuration'])
  })

  it('writes values so that every byte comes back', () => {
    const value = '"\\22\\\\\\$x\\?\\r\\n\\t\\E9 ;#=[]{}()\'|"'

    expectExact('/system script\nadd name=a source="x"\n', `/system script\nadd name=a source=${value}\n`)
  })

  it('takes entries that every device has back to what they start with', () => {
    expect(
      commands(
        '/system logging\nset 0 topics=info,!dhcp\nset 3 action=memory\n/ip service\nset www-ssl disabled=no\n',
        '/system identity\nset name=a\n',
      ),
    ).toEqual([
      '/system identity set name=a',
      '/system logging set $item1 topics=info',
      '/system logging set $item2 action=echo',
      '/ip service set $item4 disabled=yes',
    ])
  })

  it('concludes from a compact export what the default is not, and lists it', () => {
    const wireless = '/interface wireless\nset [ find default-name=wlan1 ] disabled=no'
    const { statements, assumedDefaults, unsupported } = planRestore(
      document(`${wireless} mode=ap-bridge station-roaming=enabled band=5ghz-a\n`),
      document(`${wireless}\n`),
    )

    expect(statements.map((statement) => statement.text)).toEqual([
      '/interface wireless set $item1 mode=station station-roaming=disabled',
    ])
    expect(assumedDefaults.map(({ property, value }) => [property, value])).toEqual([
      ['mode', 'station'],
      ['station-roaming', 'disabled'],
    ])
    expect(unsupported.map(({ code, property }) => [code, property])).toEqual([['unknown-default', 'band']])
  })

  it('concludes no default from a verbose export', () => {
    const verbose =
      '/ip dns\nset allow-remote-requests=yes cache-max-ttl=1w cache-size=2048KiB max-udp-packet-size=4096 query-server-timeout=2s\n'
    const { statements, unsupported } = planRestore(document(verbose), document('/ip dns\n'))

    expect(statements).toEqual([])
    expect(unsupported.map((each) => [each.code, each.property])).toEqual([
      ['unknown-default', 'allow-remote-requests'],
    ])
  })

  it('looks for configured items only where the device has others of the same key', () => {
    const plan = planRestore(
      document('/ip route\nadd dst-address=198.51.100.0/24 gateway=192.0.2.1\n'),
      document('/ip route\nadd distance=2 dst-address=198.51.100.0/24 gateway=192.0.2.1\n'),
    )

    expect(plan.guard[0]).toBe(
      ':local item1 [/ip route find dst-address="198.51.100.0/24" gateway="192.0.2.1" dynamic=no]',
    )
  })

  it('says that an account of another name keeps a password nobody has seen', () => {
    const account = (name: string) => document(`/ppp secret\nadd name=${name} profile=a service=pppoe\n`)
    const { statements, unsupported } = planRestore(account('ann'), account('bob'))

    expect(statements.map((statement) => statement.text)).toEqual(['/ppp secret set $item1 name=bob'])
    expect(unsupported.map(({ code, property }) => [code, property])).toEqual([
      ['secret-not-carried', 'password'],
    ])
  })

  it('takes back what overrides a wireless profile, and a secret, without making the item anew', () => {
    expectExact(
      '/interface wifi\nset [ find default-name=wifi1 ] channel.band=5ghz-ax configuration=cfg1 disabled=no\n',
      '/interface wifi\nset [ find default-name=wifi1 ] disabled=no\n',
    )
    expect(
      commands(
        '/routing bgp peer\nadd name=a remote-as=64496 tcp-md5-key=k\nadd name=b tcp-md5-key=k\n',
        '/routing bgp peer\nadd name=a remote-as=64496\nadd name=b tcp-md5-key=k\n',
      ),
    ).toEqual(['/routing bgp peer set $item1 tcp-md5-key=""'])
  })

  it('takes the row of a service for it, not those of its connections that follow', () => {
    const plan = planRestore(document('/ip service\n'), document('/ip service\nset ssh port=2222\n'))

    expect(plan.script.split('\n')).toEqual([
      ':local item1 [/ip service find name="ssh"]',
      expect.stringMatching(/^:if \(\[:len \$item1\] <= 0\) do=\{:error /),
      ':local item2 [:pick $item1 0]',
      '/ip service set $item2 port=2222',
      '',
    ])
  })

  it('asks for addresses as the device shows them, not as the export shortens them', () => {
    const addresses = (comment: string) =>
      `/ip address\nadd address=192.0.2.1 comment=${comment} interface=lo network=192.0.2.1\n` +
      `/ipv6 address\nadd address=2001:db8::1 comment=${comment} interface=lan\nadd address=::1 comment=${comment} from-pool=pd interface=lan\n`
    const { guard } = planRestore(document(addresses('a')), document(addresses('b')))

    expectExact(addresses('a'), addresses('b'))
    expect(guard.filter((line) => line.includes(' find '))).toEqual([
      ':local item1 [/ip address find address="192.0.2.1/32" interface="lo" dynamic=no]',
      ':local item2 [/ipv6 address find address="2001:db8::1/64" interface="lan" dynamic=no]',
      ':local item3 [/ipv6 address find from-pool="pd" interface="lan" dynamic=no]',
    ])
  })

  it('asks for numbers as numbers', () => {
    const vlan = (ports: string) => `/interface bridge vlan\nadd bridge=b tagged=${ports} vlan-ids=20\n`

    expectExact(vlan('b'), vlan('b,ether1'))
    expect(planRestore(document(vlan('b')), document(vlan('b,ether1'))).guard[0]).toBe(
      ':local item1 [/interface bridge vlan find bridge="b" vlan-ids=20 dynamic=no]',
    )
  })
})
