import type { SimulatorOptions } from '@tod/routeros-sim'
import type { TestField } from './test-field.js'

/** A small router with an address on ether1, as an export. Addresses from documentation ranges. */
const twoWaysConfig = `# 2026-01-05 09:00:00 by RouterOS 7.16.1
# software id = AB12-CD34
#
# model = RB5009UG+S+
# serial number = HF0000TEST1
/ip address
add address=192.0.2.1/24 interface=ether1 network=192.0.2.0
/ip firewall filter
add action=accept chain=input comment="established" connection-state=established,related
add action=accept chain=input comment="ssh" dst-port=22 protocol=tcp
add action=drop chain=input comment="rest"
/ip route
add gateway=192.0.2.254
/system identity
set name=office
`

/** Two places from which the router is reached by the same service: the first is the one that ours uses. */
export const twoWaysIn: Omit<SimulatorOptions, 'clock'> = {
  config: twoWaysConfig,
  listeners: [
    {
      name: 'office',
      sourceAddress: '192.0.2.10',
      ingressInterface: 'ether1',
      destinationAddress: '192.0.2.1',
    },
    {
      name: 'home',
      sourceAddress: '192.0.2.20',
      ingressInterface: 'ether1',
      destinationAddress: '192.0.2.1',
    },
  ],
}

/** Locks the office out and leaves home in; and takes it back. */
export const lockOfficeOut = '/ip service set ssh address=192.0.2.20/32'
export const letOfficeIn = '/ip service set ssh address=""'

/** Stores a revision that locks the office out; the router is then as it was, and reached from the office. */
export async function backUpWithoutOffice(field: TestField): Promise<string> {
  await field.run(lockOfficeOut, 'home')
  await field.reachBy('home')
  const { commitSha } = await field.backUp()
  await field.run(letOfficeIn, 'home')
  await field.reachBy('office')
  return commitSha
}
