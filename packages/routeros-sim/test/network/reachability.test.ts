import { describe, expect, it } from 'vitest'
import type { ConnectionFacts } from '../../src/engine.js'
import { type ScenarioName, scenarioOptions } from '../../src/scenarios/index.js'
import { type TestRouter, testRouter } from '../support/test-router.js'

/** How a client behind a named listener of the scenario is answered, now. */
async function scenario(name: ScenarioName): Promise<
  TestRouter & {
    admits(listener: string, state?: ConnectionFacts['state']): string
    because(listener: string): string
  }
> {
  const options = scenarioOptions(name)
  const router = await testRouter(options)
  const ask = (listener: string, state: ConnectionFacts['state']) => {
    const facts = options.listeners?.find((one) => one.name === listener)
    if (facts?.ingressInterface === undefined || facts.sourceAddress === undefined) {
      throw new TypeError(`no listener ${listener}`)
    }
    return router.router.engine.admits({
      ingressInterface: facts.ingressInterface,
      sourceAddress: facts.sourceAddress,
      ...(facts.vlanId === undefined ? {} : { vlanId: facts.vlanId }),
      state,
      protocol: 'tcp',
      destinationPort: 22,
    })
  }
  return {
    ...router,
    admits: (listener, state = 'new') => ask(listener, state).verdict,
    because: (listener) => ask(listener, 'new').because,
  }
}

describe('reachability of an office', () => {
  it('lets the inside in and drops the outside', async () => {
    const office = await scenario('small-office')

    expect(office.admits('lan')).toBe('accept')
    expect(office.admits('wan')).toBe('drop')
  })

  it('is lost when the bridge leaves the list the firewall trusts; open sessions live on', async () => {
    const office = await scenario('small-office')

    await office.run('/interface list member remove [find interface=bridge]')

    expect(office.admits('lan')).toBe('drop')
    expect(office.admits('lan', 'established')).toBe('accept')
    expect(office.because('lan')).toContain('drop all not coming from LAN')
  })

  it('is lost for open sessions too once nothing accepts established packets', async () => {
    const office = await scenario('small-office')

    await office.run('/ip firewall filter add chain=input action=drop place-before=0')

    expect(office.admits('lan', 'established')).toBe('drop')
  })

  it('refuses after the handshake when the service does not allow the source', async () => {
    const office = await scenario('small-office')

    await office.run('/ip service set ssh address=10.0.0.0/8')

    expect(office.admits('lan')).toBe('reset')
  })

  it('resets when the service is off or elsewhere', async () => {
    const office = await scenario('small-office')
    await office.run('/ip service set ssh port=2222')

    expect(office.admits('lan')).toBe('reset')
    expect(office.router.engine.sshPort()).toBe(2222)
  })

  it('is lost with the interface, the bridge port, the address', async () => {
    for (const command of [
      '/interface ethernet disable ether2',
      '/interface bridge disable bridge',
      '/ip address disable [find interface=bridge]',
    ]) {
      const office = await scenario('small-office')
      await office.run(command)

      expect([command, office.admits('lan')]).toEqual([command, 'drop'])
    }
  })

  it('follows a port that was renamed', async () => {
    const office = await scenario('small-office')

    await office.run('/interface ethernet set ether2 name=lan-desk')

    expect(office.admits('lan')).toBe('accept')
  })

  it('drops in raw before anything else, and skips disabled rules', async () => {
    const office = await scenario('small-office')
    await office.run('/ip firewall raw add chain=prerouting action=drop src-address=192.168.88.0/24')
    const dropped = office.admits('lan')
    await office.run('/ip firewall raw disable [find]')

    expect(dropped).toBe('drop')
    expect(office.admits('lan')).toBe('accept')
  })

  it('drops a service in another VRF', async () => {
    const office = await scenario('small-office')

    await office.run('/ip vrf add name=mgmt interfaces=bridge')

    expect(office.admits('lan')).toBe('reset')
  })

  it('is lost from the start in the scenario of that name', async () => {
    const office = await scenario('locked-out-by-firewall')

    expect(office.admits('lan')).toBe('drop')
  })
})

describe('reachability through chains, lists and routes', () => {
  it('walks a custom chain by jump', async () => {
    const border = await scenario('ccr-bgp')
    const before = border.admits('oob')

    await border.run('/ip firewall address-list remove [find address=172.31.255.0/24]')

    expect(before).toBe('accept')
    expect(border.admits('transit')).toBe('drop')
    expect(border.admits('oob')).toBe('drop')
  })

  it('needs a route back to the manager', async () => {
    const tower = await scenario('wisp-tower')
    const before = tower.admits('noc')

    await tower.run('/ip route remove [find where !dynamic]; /routing ospf network remove [find]')

    expect(before).toBe('accept')
    expect(tower.admits('noc')).toBe('drop')
    expect(tower.because('noc')).toContain('no route back')
  })

  it('tells a service address from a firewall rule: customers are dropped before they are refused', async () => {
    const tower = await scenario('wisp-tower')

    expect(tower.admits('customer')).toBe('drop')
  })

  it('drops under strict rp-filter what comes by another way than the route back', async () => {
    const tower = await scenario('wisp-tower')

    await tower.run('/ip settings set rp-filter=strict')

    expect(tower.admits('noc')).toBe('drop')
  })
})

describe('reachability through a bridge that filters VLANs', () => {
  it('reaches management tagged on the uplink and untagged on the desk port, not from the office', async () => {
    const crs = await scenario('crs-vlan')

    expect(crs.admits('uplink')).toBe('accept')
    expect(crs.admits('desk')).toBe('accept')
    expect(crs.admits('office')).toBe('drop')
  })

  it('is lost when the bridge is no longer a tagged member of the VLAN', async () => {
    const crs = await scenario('crs-vlan')

    await crs.run('/interface bridge vlan set [find vlan-ids=99] tagged=sfp-sfpplus1')

    expect(crs.admits('uplink')).toBe('drop')
    expect(crs.because('uplink')).toContain('is not a member of VLAN 99')
  })

  it('is lost on the desk when its port changes VLAN', async () => {
    const crs = await scenario('crs-vlan')

    await crs.run('/interface bridge port set [find interface=ether1] pvid=20')

    expect(crs.admits('desk')).toBe('drop')
    expect(crs.admits('uplink')).toBe('accept')
  })

  it('is lost on the uplink when ingress filtering no longer finds the VLAN there', async () => {
    const crs = await scenario('crs-vlan')

    await crs.run('/interface bridge vlan set [find vlan-ids=99] tagged=bridge')

    expect(crs.admits('uplink')).toBe('drop')
  })
})
