import { describe, expect, it } from 'vitest'
import type { Diff } from '../../src/index.js'
import { buildDocument, diffDocuments } from '../../src/index.js'

const seven = '# 2025-01-02 03:04:05 by RouterOS 7.16.2\n'
const compare = (from: string, to: string, header = seven): Diff =>
  diffDocuments(buildDocument(header + from), buildDocument(header + to))
const kinds = (diff: Diff) => diff.changes.map((change) => `${change.kind} ${change.menu} ${change.label}`)

describe('diffDocuments', () => {
  it('sees no change in another layout, quoting, order of properties or order of an unordered menu', () => {
    const from = '/ip pool\nadd name=a ranges=192.0.2.10-192.0.2.20\nadd name="b" ranges=192.0.2.30\n'
    const to =
      '/ip pool add ranges=192.0.2.30 name=b\n/ip pool add ranges="192.0.2.10-192.0.2.20" \\\n    name=a\n'

    expect(compare(from, to).changes).toEqual([])
  })

  it('sees no change between a default that is stated and one that is not', () => {
    expect(
      compare('/ip dns\nset cache-size=2048KiB servers=192.0.2.1\n', '/ip dns\nset servers=192.0.2.1\n')
        .changes,
    ).toEqual([])
    expect(
      compare(
        '/ip address\nadd address=192.0.2.1/24 comment="" interface=a network=192.0.2.0\n',
        '/ip address\nadd address=192.0.2.1/24 interface=a\n',
      ).changes,
    ).toEqual([])
  })

  it('takes a built-in entry for the same however it is addressed', () => {
    expect(
      compare('/ip service\nset ssh port=222\n', '/ip service\nset [ find name=ssh ] port=222\n').changes,
    ).toEqual([])
  })

  it('takes the only address without an interface for the same when it changes', () => {
    expect(
      kinds(
        compare(
          '/ip address\nadd address=192.0.2.1/24 network=192.0.2.0\n',
          '/ip address\nadd address=198.51.100.1/24 network=192.0.2.0\n',
        ),
      ),
    ).toEqual(['modified /ip address 198.51.100.1/24'])
  })

  it('reports properties before and after, and their absence', () => {
    const { changes } = compare(
      '/ip dns\nset servers=192.0.2.1 verify-doh-cert=yes\n',
      '/ip dns\nset allow-remote-requests=yes servers=192.0.2.2\n',
    )
    const [change] = changes
    const properties = change?.kind === 'modified' ? change.properties : []

    expect(properties.map(({ name, before, after }) => [name, before?.value, after?.value])).toEqual([
      ['allow-remote-requests', undefined, 'yes'],
      ['servers', '192.0.2.1', '192.0.2.2'],
      ['verify-doh-cert', 'yes', undefined],
    ])
  })

  it('tells an address that moves to another interface from a new one', () => {
    expect(
      kinds(
        compare(
          '/ip address\nadd address=192.0.2.1/24 interface=a\n',
          '/ip address\nadd address=192.0.2.1/24 interface=b\n',
        ),
      ),
    ).toEqual(['modified /ip address 192.0.2.1/24 on b'])
  })

  it('tells an edited rule from a new one, also among equal rules', () => {
    const rule = (text: string) => `add action=accept chain=input ${text}\n`
    const head = '/ip firewall filter\n'
    const from =
      head +
      rule('dst-port=22 protocol=tcp') +
      rule('dst-port=22 protocol=tcp') +
      rule('dst-port=22 protocol=tcp')
    const to =
      head +
      rule('dst-port=22 protocol=tcp') +
      rule('dst-port=23 protocol=tcp') +
      rule('dst-port=22 protocol=tcp')

    expect(compare(from, to).changes.map((change) => change.kind)).toEqual(['modified'])
  })

  it('reports the fewest moves of an ordered menu, each with the item it now precedes', () => {
    const rules = (...ports: number[]) =>
      `/ip firewall filter\n${ports.map((port) => `add chain=input dst-port=${port} protocol=tcp\n`).join('')}`
    const { changes } = compare(rules(1, 2, 3, 4), rules(4, 1, 2, 3))
    const [move] = changes

    expect(changes.map((change) => change.kind)).toEqual(['moved'])
    expect(move?.kind === 'moved' ? [move.scope, move.next?.properties.get('dst-port')?.value] : []).toEqual([
      'chain=input',
      '1',
    ])
  })

  it('follows a rename through what refers to the item, also through two steps', () => {
    const config = (bridge: string, vlan: string) =>
      `/interface bridge\nadd name=${bridge} protocol-mode=none\n/interface vlan\nadd interface=${bridge} name=${vlan} vlan-id=7\n/ip address\nadd address=192.0.2.1/24 interface=${vlan}\n`

    expect(kinds(compare(config('b1', 'v1'), config('lan', 'guests')))).toEqual([
      'modified /interface bridge lan',
      'modified /interface vlan guests',
    ])
  })

  it('counts what still names the old item as changed when names are exchanged', () => {
    const config = (first: string, second: string) =>
      `/interface ethernet\nset [ find default-name=ether1 ] name=${first}\nset [ find default-name=ether2 ] name=${second}\n/ip address\nadd address=192.0.2.1/24 interface=wan\n`

    expect(compare(config('wan', 'lan'), config('lan', 'wan')).changes.map((change) => change.menu)).toEqual([
      '/interface ethernet',
      '/interface ethernet',
      '/ip address',
    ])
  })

  it('calls a port that got its factory name back renamed', () => {
    const from =
      '/interface ethernet\nset [ find default-name=ether1 ] name=wan\n/ip address\nadd address=192.0.2.1/24 interface=wan\n'
    const to = '/ip address\nadd address=192.0.2.1/24 interface=ether1\n'

    expect(kinds(compare(from, to))).toEqual(['modified /interface ethernet wan'])
  })

  it('calls a secret unknown when one export was taken without secrets', () => {
    const from = '/ppp secret\nadd name=ann password=one\nadd name=bob password=two\n'
    const to = '/ppp secret\nadd name=ann\nadd name=bob profile=other\n'
    const { changes, unknown } = compare(from, to)

    expect(
      changes.flatMap((change) =>
        change.kind === 'modified' ? change.properties.map((property) => property.name) : [change.kind],
      ),
    ).toEqual(['profile'])
    expect(unknown.map(({ label, property, hiddenIn }) => [label, property, hiddenIn])).toEqual([
      ['ann', 'password', 'to'],
      ['bob', 'password', 'to'],
    ])
  })

  it('calls a secret removed when the newer export carries others', () => {
    const from = '/ppp secret\nadd name=ann password=one\nadd name=bob password=two\n'
    const to = '/ppp secret\nadd name=ann\nadd name=bob password=two\n'

    expect(compare(from, to).changes).toHaveLength(1)
    expect(compare(from, to).unknown).toEqual([])
  })

  it('merges several commands for one entry, the last value wins', () => {
    const from = '/ip service\nset ssh port=22\nset ssh port=2222\nset ssh address=192.0.2.0/24\n'

    expect(compare(from, '/ip service\nset ssh address=192.0.2.0/24 port=2222\n').changes).toEqual([])
  })

  it('keeps two ports of one factory name apart', () => {
    const clone = (mtu: string) =>
      `/interface ethernet\nset [ find default-name=ether1 ] mac-address=00:00:5E:00:53:01 name=a\nset [ find default-name=ether1 ] mac-address=00:00:5E:00:53:02 mtu=${mtu} name=b\n`

    expect(kinds(compare(clone('1400'), clone('1300')))).toEqual(['modified /interface ethernet b'])
  })

  it.each([
    ['/ip service\nset www-ssl certificate=a', 'disabled=no'],
    ['/system logging\nset 3 topics=critical,!debug', 'action=memory'],
    ['/system logging\nset 1 prefix=a', 'topics=error,!ppp'],
    ['/ppp profile\nset *FFFFFFFE only-one=yes', 'use-encryption=default'],
    ['/system resource irq rps\nset ether1 comment=a', 'disabled=no'],
  ])('sees what %s gets by %s, which is no start value of that entry', (entry, property) => {
    const { changes } = compare(`${entry}\n`, `${entry} ${property}\n`)

    expect(changes.map((change) => change.kind)).toEqual(['modified'])
  })

  it.each([
    '/ip service\nset ssh port=22',
    '/ip service\nset www-ssl disabled=yes port=443',
    '/system logging\nset 3 action=echo topics=critical',
    '/ppp profile\nset *FFFFFFFE use-encryption=yes',
  ])('sees no change in %s, which is what that entry starts with', (entry) => {
    expect(compare(`${entry}\n`, '').changes).toEqual([])
  })

  it('tells the items of a menu that is in no table apart by their names', () => {
    const from = '/iot new-thing\nadd name=a size=1 speed=2\nadd name=b size=1\n'
    const to = '/iot new-thing\nadd name=b size=3\nadd name=a mode=x size=4 speed=5\n'

    expect(kinds(compare(from, to))).toEqual(['modified /iot new-thing b', 'modified /iot new-thing a'])
  })

  it('does not take one secret that versions write regardless for an export with secrets', () => {
    const rest = (key: string, password: string) =>
      `/interface wireguard\nadd listen-port=1 name=wg1${key}\n/zerotier\nset zt1 identity=x name=zt1\n` +
      `/interface wireguard peers\nadd interface=wg1 name=p1 preshared-key=same\n/ppp secret\nadd name=ann${password}\n`
    const { changes, unknown } = compare(rest(' private-key=k', ' password=p'), rest('', ''))

    expect(changes).toEqual([])
    expect(unknown.map((each) => each.property)).toEqual(['private-key', 'password'])
  })

  it('sees a secret that both exports write change, although one of them hides others', () => {
    const peers = (shared: string) =>
      `/interface wireguard peers\nadd interface=wg1 name=p1 preshared-key=${shared}\n`
    const from = `/interface wireguard\nadd name=wg1 private-key=k\n${peers('one')}`
    const to = `/interface wireguard\nadd name=wg1\n${peers('two')}`

    expect(kinds(compare(from, to))).toEqual(['modified /interface wireguard peers p1'])
  })
})
