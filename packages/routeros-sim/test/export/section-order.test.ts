import { describe, expect, it } from 'vitest'
import { testRouter } from '../support/test-router.js'

/** The section headers of what a router of this version exports, repeats included. */
async function sections(config: string, version: string): Promise<string[]> {
  const { router } = await testRouter({ config, version })
  return router
    .exportText()
    .split('\n')
    .filter((line) => line.startsWith('/'))
}

describe('order of the sections of an export', () => {
  it('puts what others name first, each after what it names, the rest by path', async () => {
    const config = `/interface bridge
add name=lan
/interface wireless security-profiles
add name=guests
/interface wireless
set [ find default-name=wlan1 ] security-profile=guests
/ip pool
add name=pool ranges=192.0.2.10-192.0.2.99
/ipv6 dhcp-server
add address-pool=anywhere interface=lan name=six
/ipv6 pool
add name=anywhere prefix=2001:db8::/48 prefix-length=64
/interface bridge port
add bridge=lan interface=ether2
/ip address
add address=192.0.2.1/24 interface=lan
/tool netwatch
add host=192.0.2.2
`
    const order = config.split('\n').filter((line) => line.startsWith('/'))

    expect(await sections(config, '6.48.6')).toEqual(order)
    expect(await sections(config, '7.16.1')).toEqual(order)
  })

  it('puts a menu that nobody knows at its path', async () => {
    const config = `/interface bridge
add name=lan
/brand new
set a=1
/ip address
add address=192.0.2.1/24 interface=lan
/ip zebra stripes
add name=x
/system identity
set name=r
`

    expect(await sections(config, '7.24')).toEqual(config.split('\n').filter((line) => line.startsWith('/')))
  })

  it('leaves a menu that nobody knows among those that others name when the loaded export had it there', async () => {
    const config = `/interface bridge
add name=lan
/ip novel profile
add name=x
/ip pool
add name=pool ranges=192.0.2.10-192.0.2.99
/ip address
add address=192.0.2.1/24 interface=lan
`

    for (const version of ['6.48.6', '7.24']) {
      expect(await sections(config, version)).toEqual(config.match(/^\/.*$/gm))
    }
  })

  it('writes a few settings before bridge VLANs, and IPv6 routes behind those of IPv4', async () => {
    const config = `/interface bridge
add name=lan
/interface bridge port
add bridge=lan interface=ether2
/ip neighbor discovery-settings
set discover-interface-list=all
/ip settings
set rp-filter=loose
/ipv6 settings
set forward=no
/interface bridge vlan
add bridge=lan vlan-ids=7
/ip route
add dst-address=0.0.0.0/0 gateway=192.0.2.254
/ipv6 route
add dst-address=::/0 gateway=2001:db8::1
/ip service
set telnet disabled=yes
/ipv6 address
add address=2001:db8::2 interface=lan
/system ntp client
set enabled=yes
/system ntp server
set enabled=yes
/system ntp client servers
add address=192.0.2.3
`

    expect(await sections(config, '7.16.1')).toEqual(
      config.split('\n').filter((line) => line.startsWith('/')),
    )
  })

  it('writes what nothing uses with the rest, from 7.13 on', async () => {
    const pool = '/ip pool\nadd name=pool ranges=192.0.2.10-192.0.2.99\n'
    const command =
      '/ip address add address=192.0.2.1/24 interface=ether1; ' +
      '/ip hotspot profile set default html-directory=mine; ' +
      '/ip dhcp-server add address-pool=pool interface=ether1 name=d'
    const order = async (version: string, more = '') => {
      const { router, run } = await testRouter({ config: pool, version })
      await run(command + more)
      return router.exportText().match(/^\/.*$/gm)
    }
    const [profile, address, server] = ['/ip hotspot profile', '/ip address', '/ip dhcp-server']

    expect(await order('6.49.10')).toEqual([profile, '/ip pool', server, address])
    expect(await order('7.11.2')).toEqual([profile, '/ip pool', server, address])
    expect(await order('7.18.2')).toEqual(['/ip pool', address, server, profile])
    expect(
      await order(
        '7.18.2',
        '; /ip hotspot add address-pool=pool interface=ether1 name=h; ' +
          '/ip dhcp-server lease add address=192.0.2.9 mac-address=00:00:5E:00:53:01 server=d',
      ),
    ).toEqual([profile, '/ip pool', server, '/ip hotspot', address, '/ip dhcp-server lease'])
  })

  it('learns from the place of a menu whether leases or sessions use it, which no export shows', async () => {
    const pool = '/ip pool\nadd name=pool ranges=192.0.2.10-192.0.2.99\n'
    const server = '/ip dhcp-server\nadd address-pool=pool interface=ether1 name=d\n'
    const address = '/ip address\nadd address=192.0.2.1/24 interface=ether1\n'

    for (const config of [pool + server + address, pool + address + server]) {
      expect(await sections(config, '7.18.2')).toEqual(config.match(/^\/.*$/gm))
    }
  })

  it('puts a menu first that something names, wherever the loaded text had it', async () => {
    const pool = '/ip pool\nadd name=pool ranges=192.0.2.10-192.0.2.99\n'
    const address = '/ip address\nadd address=192.0.2.1/24 interface=ether1\n'
    const server = '/ip dhcp-server\nadd address-pool=pool interface=ether1 name=d\n'

    expect(await sections(address + pool, '7.18.2')).toEqual(['/ip address', '/ip pool'])
    expect(await sections(address + pool + server, '7.18.2')).toEqual([
      '/ip pool',
      '/ip address',
      '/ip dhcp-server',
    ])
  })

  it('makes interfaces wait for a profile that is there without a word in the export', async () => {
    const config = `/interface pppoe-client
add interface=ether1 name=plain
/ip pool
add name=pool ranges=192.0.2.10-192.0.2.99
/interface pppoe-client
add interface=ether2 name=secure profile=default-encryption
/ip address
add address=192.0.2.1/24 interface=ether1
`

    expect(await sections(config, '6.49.10')).toEqual(config.match(/^\/.*$/gm))
  })

  it('writes kinds of interfaces as old as they are, bridges first', async () => {
    for (const kinds of [
      ['/interface l2tp-client', '/interface pppoe-client', '/interface gre'],
      ['/interface gre', '/interface pppoe-client', '/interface l2tp-client'],
    ]) {
      const config = kinds.map((kind, index) => `${kind}\nadd name=${'cba'[index]}\n`).join('')
      const { router, run } = await testRouter({ config, version: '7.16.1' })
      await run('/interface bridge add name=late; /interface ethernet set ether1 comment=uplink')

      const headers = router.exportText().match(/^\/.*$/gm)

      expect(headers).toEqual(['/interface bridge', '/interface ethernet', ...kinds])
    }
  })

  it('takes a menu up again for an item that was in front of what it names', async () => {
    const config = `/caps-man configuration
add name=first
/interface list
add name=radios
/caps-man configuration
add datapath.interface-list=radios name=second
/interface list
add include=radios name=everything
`

    expect(await sections(config, '6.47.6')).toEqual(
      config.split('\n').filter((line) => line.startsWith('/')),
    )
  })

  it('writes what a switch chip offloads after the bridges, its other settings before', async () => {
    const config = `/interface bridge
add name=lan
/interface ethernet switch
set 0 cpu-flow-control=no
/interface list
add name=x
/interface bridge vlan
add bridge=lan vlan-ids=7
`
    const [bridge, chip, list, vlan] = config.match(/^\/.*$/gm) ?? []

    expect(await sections(config, '7.16.1')).toEqual([bridge, chip, list, vlan])
    expect(await sections(config.replace('cpu-flow-control=no', 'l3-hw-offloading=yes'), '7.16.1')).toEqual([
      bridge,
      list,
      vlan,
      chip,
    ])
  })

  it('writes what names something gone with the rest, and what waits for that too', async () => {
    const config = `/interface bridge
add name=lan
/ip pool
add name=pool ranges=192.0.2.10-192.0.2.99
/ip dhcp-server
add address-pool=pool interface=lan name=inside
/ppp profile
add local-address=192.0.2.1 name=dial
/interface vlan
add interface=*2 name=orphan vlan-id=7
/interface bridge port
add bridge=lan interface=ether3
/ip address
add address=192.0.2.1/24 interface=orphan
/ip dhcp-server
add address-pool=pool interface=orphan name=outside
/ip dns
set servers=192.0.2.53
/ppp profile
set *FFFFFFFE remote-address=*1
`

    for (const version of ['6.49.13', '7.24.4']) {
      expect(await sections(config, version)).toEqual(config.match(/^\/.*$/gm))
    }
  })

  it('takes no name or comment for one of something gone, and any other property for one', async () => {
    const config = `/ip pool
add comment=*2 name=*1 ranges=192.0.2.10-192.0.2.99
/interface wireless nstreme-dual
add name=far rx-radio=*5 tx-radio=wlan1
/interface bridge port
add bridge=lan interface=far
`

    expect(await sections(config, '7.11.2')).toEqual(config.match(/^\/.*$/gm))
  })

  it('moves what named a pool to the rest when the pool is removed', async () => {
    const config =
      '/ip pool\nadd name=pool ranges=192.0.2.10-192.0.2.99\n' +
      '/ppp profile\nadd name=dial remote-address=pool\n/ip address\nadd address=192.0.2.1/24 interface=ether1\n'
    const { router, run } = await testRouter({ config, version: '7.11.2' })

    await run('/ip pool remove pool')

    expect(router.exportText().match(/^\/.*$/gm)).toEqual(['/ip address', '/ppp profile'])
  })

  it('writes a queue after both of its queue types', async () => {
    const config = `/queue type
add kind=pcq name=down pcq-classifier=dst-address
add kind=pcq name=up pcq-classifier=src-address
/queue simple
add name=office queue=up/down target=192.0.2.0/24
/ip address
add address=192.0.2.1/24 interface=ether1
`

    for (const version of ['6.49.13', '7.21.5']) {
      expect(await sections(config, version)).toEqual(config.match(/^\/.*$/gm))
    }
  })

  it('counts power lines, 60 GHz stations and WDS among the interfaces', async () => {
    const config = `/interface bridge
add name=lan
/interface wireless
set [ find default-name=wlan1 ] mode=ap-bridge
/interface pwr-line
set [ find default-name=pwr-line1 ] disabled=yes
/interface w60g
set [ find ] name=wlan60-1
/interface w60g station
add name=far parent=wlan60-1
/interface wireless wds
add master-interface=wlan1 name=wds1
/interface list
add name=LAN
/interface bridge port
add bridge=lan interface=far
`

    expect(await sections(config, '6.48.6')).toEqual(config.match(/^\/.*$/gm))
  })

  it('writes RIP before the table it uses and BGP behind it, and profiles of the user manager first', async () => {
    const protocols = `/routing ospf instance
add name=inside redistribute=static
/routing rip instance
add name=rip routing-table=blue
/routing table
add fib name=blue
/routing bgp template
set default routing-table=main
add name=far routing-table=blue
/ip address
add address=192.0.2.1/24 interface=ether1
`
    const manager = `/tool user-manager customer
set admin access=own-routers
/tool user-manager profile
add name=day owner=admin
/tool user-manager profile limitation
add name=slow owner=admin
/user group
add name=staff policy=read
/ip address
add address=192.0.2.1/24 interface=ether1
/tool user-manager profile profile-limitation
add limitation=slow profile=day
`

    expect(await sections(protocols, '7.11.2')).toEqual(protocols.match(/^\/.*$/gm))
    expect(await sections(manager, '6.47')).toEqual(manager.match(/^\/.*$/gm))
  })

  it('writes mounts of containers first while they have names, and by path since they are lists', async () => {
    const named = `/container mounts
add dst=/data name=data src=/usb1/data
/interface bridge
add name=containers
/ip pool
add name=pool ranges=192.0.2.10-192.0.2.20
/container
add interface=veth1 mounts=data root-dir=usb1/app
/ip address
add address=192.0.2.1/24 interface=containers
`
    const listed = `/interface bridge
add name=containers
/ip pool
add name=pool ranges=192.0.2.10-192.0.2.20
/container
add interface=veth1 mountlists=data root-dir=usb1/app
/container mounts
add dst=/data list=data src=/usb1/data
/ip address
add address=192.0.2.1/24 interface=containers
`

    expect(await sections(named, '7.14.1')).toEqual(named.match(/^\/.*$/gm))
    expect(await sections(listed, '7.21')).toEqual(listed.match(/^\/.*$/gm))
  })

  it('writes what waits for a v6 interface behind all kinds of them, but queues of interfaces behind each', async () => {
    const config = `/caps-man channel
add name=auto
/interface bridge
add name=lan
/interface ethernet
set [ find default-name=ether1 ] name=wan
/queue interface
set lan queue=no-queue
/interface pppoe-client
add interface=wan name=outside
/caps-man datapath
add bridge=lan name=inside
/ip pool
add name=pool ranges=192.0.2.10-192.0.2.20
/ip address
add address=192.0.2.1/24 interface=lan
`

    expect(await sections(config, '6.48.3')).toEqual(config.match(/^\/.*$/gm))
  })

  it('writes what names itself, and what names that, with the rest', async () => {
    const config = `/ip hotspot profile
add name=plain
/ip pool
add name=other ranges=192.0.2.100-192.0.2.110
/interface list member
add interface=ether1 list=LAN
/ip dhcp-server
add address-pool=own interface=ether1 name=server
/ip firewall address-list
add address=192.0.2.1 list=x
/ip pool
add name=own next-pool=own ranges=192.0.2.10-192.0.2.20
/ip route
add gateway=192.0.2.1
`

    expect(await sections(config, '7.7')).toEqual(config.match(/^\/.*$/gm))
  })

  it('writes a port behind the one it is switched with, whatever their names are', async () => {
    const config = `/interface ethernet
set [ find default-name=ether2 ] name=lan
set [ find default-name=ether3 ] master-port=lan
/ip pool
add name=pool ranges=192.0.2.10-192.0.2.20
`
    const { router } = await testRouter({ config, version: '6.38.5' })

    const text = router.exportText()

    expect(text.indexOf('name=lan')).toBeLessThan(text.indexOf('master-port=lan'))
  })

  it.each([
    ['/interface wireless nstreme', '/ip neighbor discovery'],
    ['/ip neighbor discovery', '/interface wireless nstreme'],
  ])(
    'takes the order of menus with an entry for each interface from the routers: %s, %s',
    async (first, second) => {
      const words: Record<string, string> = {
        '/interface wireless nstreme': 'set wlan1 enable-polling=no',
        '/ip neighbor discovery': 'set ether1 discover=no',
      }
      const config = `/interface wireless
set [ find default-name=wlan1 ] ssid=here
${first}
${words[first]}
${second}
${words[second]}
/ip pool
add name=pool ranges=192.0.2.10-192.0.2.20
`

      expect(await sections(config, '6.38.1')).toEqual(config.match(/^\/.*$/gm))
    },
  )

  it.each([
    ['/ip ipsec peer', 'add address=192.0.2.2/32', '6.43.4', '6.44.1'],
    ['/queue interface', 'set ether1 queue=default', '6.27', '6.35.4'],
  ])(
    'writes %s with the rest in older releases, and first in newer ones',
    async (path, command, older, newer) => {
      const config = `${path}
${command}
/interface list member
add interface=ether1 list=LAN
`
      const [before, after] = [await sections(config, older), await sections(config, newer)]

      expect(before.indexOf(path)).toBeGreaterThan(before.indexOf('/interface list member'))
      expect(after.indexOf(path)).toBeLessThan(after.indexOf('/interface list member'))
    },
  )

  it('leaves kinds of v6 interfaces in front of the bridges that are older than those', async () => {
    const older = '/interface pwr-line\nset [ find default-name=pwr-line1 ] mtu=1598\n'
    const bridge = '/interface bridge\nadd name=lan\n'
    const younger = '/interface vlan\nadd interface=lan name=guests vlan-id=2\n'
    const headers = (text: string) => text.match(/^\/.*$/gm)

    for (const config of [older + bridge + younger, bridge + older + younger]) {
      expect(await sections(config, '6.46.3')).toEqual(headers(config))
    }
  })

  it('remembers the place of a menu that nobody knows, also behind queues of v6 interfaces', async () => {
    const config = `/interface bridge
add name=lan
/queue interface
set lan queue=no-queue
/iot things
add name=a
/ip pool
add name=pool ranges=192.0.2.10-192.0.2.20
/ip address
add address=192.0.2.1/24 interface=lan
`

    expect(await sections(config, '6.48.3')).toEqual(config.match(/^\/.*$/gm))
  })
})
