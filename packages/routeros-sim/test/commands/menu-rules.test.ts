import { describe, expect, it } from 'vitest'
import { testRouter } from '../support/test-router.js'

describe('menus whose entries are always there', () => {
  it('know no command to add or remove one, but change them', async () => {
    const { run } = await testRouter({ version: '7.16.1' })

    expect(await run('/interface ethernet add name=x')).toBe('bad command name add (line 1 column 21)\n')
    expect(await run('/ip service remove ssh')).toBe('bad command name remove (line 1 column 13)\n')
    expect(await run('/ip service set ssh port=2222')).toBe('')
    expect(await run('/ip service export')).toContain('set ssh port=2222')
  })
})

describe('values', () => {
  it('have to have the form their property takes', async () => {
    const { run } = await testRouter({ version: '7.16.1' })
    const refused: readonly (readonly [string, string])[] = [
      ['/ip firewall filter add chain=input dst-port=22,99999 protocol=tcp', 'dst-port'],
      ['/ip firewall filter add chain=input src-address=10.0.0.256', 'src-address'],
      ['/ip dhcp-server network add address=10.0.0.0/33', 'address'],
      ['/ip arp add address=10.0.0.1 interface=ether1 mac-address=zz', 'mac-address'],
      ['/ip service set ssh port=99999', 'port'],
      ['/tool netwatch add host=192.0.2.1 interval=soon', 'interval'],
    ]
    for (const [command, property] of refused) {
      expect(await run(command)).toBe(`invalid value for argument ${property}\n`)
    }
    const taken =
      '/ip firewall filter add chain=input dst-port=!22,80-90 protocol=tcp src-address=!10.0.0.1-10.0.0.9; ' +
      '/ip pool add name=p ranges=10.0.0.1,10.1.0.0/24,10.2.0.1-10.2.0.9; /ip firewall filter set [find] src-address=""'

    expect(await run(taken)).toBe('')
  })

  it('are required as the version requires them', async () => {
    const six = await testRouter({ version: '6.49.10' })

    expect(await six.run('/routing ospf area add name=a area-id=1.1.1.1')).toBe('')
  })
})

describe('what a router tells about itself and keeps', () => {
  it('can be exported by its own menu', async () => {
    const { run } = await testRouter({ version: '7.16.1' })
    await run('/system clock set time-zone-name=Europe/Riga')

    expect(await run('/system clock export')).toContain('/system clock\nset time-zone-name=Europe/Riga\n')
  })
})
