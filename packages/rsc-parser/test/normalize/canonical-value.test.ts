import { describe, expect, it } from 'vitest'
import { buildDocument, canonicalValue, significantProperties, unsetMark } from '../../src/index.js'

const same = (menu: string, property: string, a: string, b: string) =>
  canonicalValue(menu, property, a) === canonicalValue(menu, property, b)

describe('values that mean the same', () => {
  it.each([
    ['/ip dhcp-server', 'lease-time', '10m', '00:10:00'],
    ['/ip dhcp-server', 'lease-time', '10m', '600s'],
    ['/ip dhcp-server', 'lease-time', '1w', '7d'],
    ['/ip dhcp-server', 'lease-time', '1d00:30:00', '1d30m'],
    ['/queue simple', 'max-limit', '1M/512k', '1000000/512000'],
    ['/interface ethernet', 'mac-address', 'aa:bb:cc:dd:ee:0f', 'AA:BB:CC:DD:EE:0F'],
    ['/ip firewall filter', 'src-address', '192.168.88.1', '192.168.88.1/32'],
    ['/ip firewall address-list', 'address', '10.0.0.1/32', '10.0.0.1'],
    ['/ipv6 address', 'address', '2001:DB8:0:0:0:0:0:1/64', '2001:db8::1/64'],
    ['/ipv6 address', 'address', '2001:db8::1/64', '2001:db8::1'],
    ['/ipv6 firewall filter', 'src-address', 'fe80::/10', 'FE80:0::/10'],
    ['/system scheduler', 'start-date', 'feb/03/2024', '2024-02-03'],
    ['/ip firewall filter', 'connection-state', 'established,related', 'related,established'],
    ['/user group', 'policy', 'read,write,!ftp', 'write,read'],
    ['/system logging', 'topics', 'info,!debug', '!debug,info'],
    ['/interface bridge', 'vlan-filtering', 'true', 'yes'],
    ['/interface bridge', 'ether-type', '0x8100', '33024'],
    ['/ip firewall filter', 'src-address', '!10.0.0.1/32', '!10.0.0.1'],
  ])('%s %s: %s and %s', (menu, property, a, b) => {
    expect(same(menu, property, a, b)).toBe(true)
  })
})

describe('values that do not', () => {
  it.each([
    ['/ip firewall filter', 'comment', '10m', '600s'],
    ['/ip pool', 'name', '1d', '24h'],
    ['/ipv6 firewall address-list', 'address', '2001:db8::/64', '2001:db8::'],
    ['/system scheduler', 'start-date', 'feb/03/2024', '2024-03-02'],
    ['/ip firewall filter', 'src-address-list', '10.0.0.1', '10.0.0.1/32'],
    ['/ip dns', 'servers', '1.1.1.1,8.8.8.8', '8.8.8.8,1.1.1.1'],
    ['/ip dhcp-server lease', 'client-id', '1:aa:bb:cc:d:e:f', '1:AA:BB:CC:D:E:F'],
    ['/system script', 'source', 'true', 'yes'],
    ['/ip firewall filter', 'src-address', '!10.0.0.1', '10.0.0.1'],
    ['/queue simple', 'max-limit', '1M/1M', '1M/2M'],
    ['/interface wireguard', 'private-key', 'true', 'yes'],
    ['/ip address', 'address', '10.0.0.1/24', '10.0.0.1/25'],
  ])('%s %s: %s and %s', (menu, property, a, b) => {
    expect(same(menu, property, a, b)).toBe(false)
  })

  it('is stable: the canonical form of a canonical form is itself', () => {
    for (const value of [
      '10m',
      '1M/1M',
      '2001:db8:0::1',
      'b,a',
      '0x10',
      'aa:bb:cc:dd:ee:ff',
      '1w3d',
      '00:05:00',
      'x',
    ]) {
      for (const property of ['max-limit', 'timeout', 'address', 'connection-state']) {
        const once = canonicalValue('/ip firewall filter', property, value)
        expect(canonicalValue('/ip firewall filter', property, once)).toBe(once)
      }
    }
  })
})

describe('the properties that count', () => {
  const significant = (text: string, major = 7) => {
    const item = buildDocument(text).items[0]
    return item === undefined ? {} : Object.fromEntries(significantProperties(item, major))
  }

  it('leave out defaults, so that a verbose export says no more than a compact one', () => {
    const compact = significant('/ip dhcp-server\nadd address-pool=p interface=b name=d\n')
    const verbose = significant(
      '/ip dhcp-server\nadd address-pool=p !always-broadcast authoritative=yes bootp-lease-time=forever disabled=no interface=b lease-script="" name=d\n',
    )
    expect(verbose).toEqual(compact)
    expect(compact).toEqual({ 'address-pool': 'p', interface: 'b', name: 'd' })
  })

  it('keep what differs from the default of the version', () => {
    const text = '/interface bridge\nadd name=b ingress-filtering=no\n'
    expect(significant(text, 7)).toEqual({ name: 'b', 'ingress-filtering': 'no' })
    expect(significant(text, 6)).toEqual({ name: 'b' })
  })

  it('leave out the network that follows from the address', () => {
    expect(significant('/ip address\nadd address=10.1.2.3/20 interface=a network=10.1.0.0\n')).toEqual({
      address: '10.1.2.3/20',
      interface: 'a',
    })
    expect(significant('/ip address\nadd address=10.1.2.3/20 interface=a network=10.1.2.9\n')).toHaveProperty(
      'network',
    )
  })

  it('keep a property that is unset although it has a default', () => {
    expect(significant('/interface pppoe-client\nadd name=p !keepalive-timeout\n')).toEqual({
      name: 'p',
      'keepalive-timeout': unsetMark,
    })
  })
})
