import { describe, expect, it } from 'vitest'
import { testRouter } from '../support/test-router.js'

const stated = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')

const written = `/interface bridge
add name=bridge
/interface vlan
add interface=bridge name=vlan2 vlan-id=2
add interface=bridge name=vlan10 vlan-id=10
/ip address
add address=10.0.0.1/24 comment="two words" interface=vlan10 network=10.0.0.0
/ip firewall filter
add action=accept chain=input comment=\\
    "defconf: accept established,related,untracked" connection-state=\\
    established,related,untracked
/system identity
set name=r1
`

describe('export of the same configuration', () => {
  for (const [how, config] of [
    ['wrapped', written],
    ['terse', written.replaceAll('\\\n    ', '').replace(/^(\/.*)\n(add|set)/gm, '$1 $2')],
    [
      'with superfluous quotes and properties in another order',
      `/interface bridge
add name="bridge"
/interface vlan
add vlan-id="10" name="vlan10" interface="bridge"
add name=vlan2 vlan-id=2 interface=bridge
/ip address
add network="10.0.0.0" interface="vlan10" comment="two words" address="10.0.0.1/24"
/ip firewall filter
add connection-state="established,related,untracked" comment="defconf: accept established,related,untracked" chain=input action=accept
/system identity
set name="r1"
`,
    ],
  ] as const) {
    it(`is the same when it was loaded ${how}`, async () => {
      const { router } = await testRouter({ config, version: '7.16.1' })

      expect(stated(router.exportText())).toBe(written)
    })
  }

  it('hides secrets in v7 unless asked, shows them in v6 unless told not to', async () => {
    const config = '/ppp secret\nadd name=a password=secret\n'
    const seven = await testRouter({ config, version: '7.16.1' })
    const six = await testRouter({ config, version: '6.49.13' })

    expect(await seven.run('/export')).not.toContain('password')
    expect(await seven.run('/export show-sensitive')).toContain('password=secret')
    expect(await six.run('/export')).toContain('password=secret')
    expect(await six.run('/export hide-sensitive')).not.toContain('password')
  })

  it('refuses the flag that the version does not know', async () => {
    const six = await testRouter({ version: '6.49.13' })

    expect(await six.run('/export show-sensitive')).toBe('expected end of command (line 1 column 9)\n')
  })

  it('leaves a value that went back to its default out again', async () => {
    const { run } = await testRouter({ version: '7.16.1' })
    await run('/interface bridge add name=b; /interface bridge set b protocol-mode=none')
    const changed = await run('/interface bridge export')
    await run('/interface bridge set b protocol-mode=rstp')

    expect(changed).toContain('add name=b protocol-mode=none')
    expect(await run('/interface bridge export')).toContain('add name=b\n')
  })

  it('says the mode of a wireless interface unless it is a station, which it starts as', async () => {
    const config = '/interface wireless\nset [ find default-name=wlan1 ] mode=ap-bridge ssid=a\n'
    const { router, run } = await testRouter({ config, version: '6.49.13' })
    expect(router.exportText()).toContain('mode=ap-bridge ssid=a')

    await run('/interface wireless set wlan1 mode=station')

    expect(router.exportText()).not.toContain('mode=')
  })

  it('leaves a bar bare, which asks for no quotes by itself', async () => {
    const { router } = await testRouter({
      config: '/ip firewall layer7-protocol\nadd name=a regexp="one|two"\nadd name=b regexp="one|(two)"\n',
      version: '6.38.5',
    })

    expect(router.exportText()).toContain('add name=a regexp=one|two\nadd name=b regexp="one|(two)"\n')
  })

  it('writes one menu, or only the items asked for', async () => {
    const { run } = await testRouter({ config: written, version: '7.16.1' })

    expect(stated(await run('/interface vlan export where vlan-id=10'))).toBe(
      '/interface vlan\nadd interface=bridge name=vlan10 vlan-id=10\n',
    )
  })

  it('writes the file with 80 columns whatever the screen is', async () => {
    const { run, router } = await testRouter({ config: written, version: '7.16.1' })

    await run('/export file=wide', { width: 200 })

    expect(stated(Buffer.from(router.files.read('wide.rsc') ?? []).toString('latin1'))).toBe(written)
  })

  it('names a menu that failed as this version does, and goes on', async () => {
    const { run } = await testRouter({
      config: written,
      version: '7.16.1',
      faults: ['fail-export-menu@match=^ip address$'],
    })

    const text = await run('/export')

    expect(text).toContain('#error exporting "/ip/address" (timeout)\n')
    expect(text).toContain('/system identity\nset name=r1\n')
  })
})

describe('values that are printed although they are defaults', () => {
  it('names the action of every firewall rule, and what was said of a route in v7', async () => {
    const command =
      '/ip firewall filter add chain=input action=accept; /ip firewall nat add chain=srcnat; ' +
      '/ip route add dst-address=0.0.0.0/0 gateway=192.0.2.254'
    const seven = await testRouter({ version: '7.16.1' })
    const six = await testRouter({ version: '6.49.10' })
    await seven.run(command)
    await six.run(command)

    const rules =
      '/ip firewall filter\nadd action=accept chain=input\n/ip firewall nat\nadd action=accept chain=srcnat\n'
    expect(stated(seven.router.exportText())).toContain(
      `${rules}/ip route\nadd dst-address=0.0.0.0/0 gateway=192.0.2.254\n`,
    )
    expect(stated(six.router.exportText())).toContain(
      `${rules}/ip route\nadd distance=1 gateway=192.0.2.254\n`,
    )
  })
})

describe('keys of WireGuard', () => {
  it('are quoted whatever they hold, and those of people of the cloud too', async () => {
    const config = `/interface wireguard peers
add interface=wg1 public-key="abc"
/ip cloud back-to-home-user
add name=me private-key="abc" public-key="def"
`
    const { run } = await testRouter({ config, version: '7.16.1' })

    expect(stated(await run('/export show-sensitive'))).toBe(config)
  })
})
