import type { RscDocument } from '@tod/rsc-parser'

/**
 * The address of the device that a connection from `source` is made to. The one we dial where the device has it; else
 * (a name, a forwarded port) the device's address in the network of the source; else its first one.
 *
 * @returns undefined when the export states no address of that family
 */
export function ownAddressFor(document: RscDocument, dialed: string, source: string): string | undefined {
  const isV6 = source.includes(':')
  const menu = document.menu(isV6 ? '/ipv6 address' : '/ip address')
  const stated = (menu?.items ?? [])
    .filter((item) => item.properties.get('disabled')?.value !== 'yes')
    .map((item) => item.properties.get('address')?.value ?? '')
    .filter((address) => address !== '')
  const addresses = stated.map((address) => address.split('/')[0] ?? '')
  if (addresses.includes(dialed)) return dialed
  const near = isV6 ? undefined : stated.find((address) => containsV4(address, source))
  return near?.split('/')[0] ?? addresses[0]
}

/**
 * The port that connections to the SSH service have when they arrive: the one the service listens on now. What we dial
 * may be another, forwarded on the way.
 */
export function sshPortOf(document: RscDocument): number {
  const service = (document.menu('/ip service')?.items ?? []).find(
    (item) => item.selector?.kind === 'name' && item.selector.name === 'ssh',
  )
  const port = Number(service?.properties.get('port')?.value ?? 22)
  return Number.isInteger(port) && port > 0 ? port : 22
}

/** True when the network of `192.0.2.1/24` holds the other address. */
function containsV4(network: string, other: string): boolean {
  const [address = '', length = '32'] = network.split('/')
  const left = v4Number(address)
  const right = v4Number(other)
  if (left === undefined || right === undefined) return false
  const shift = 2 ** (32 - Number(length))
  return Math.floor(left / shift) === Math.floor(right / shift)
}

function v4Number(text: string): number | undefined {
  const parts = text.split('.').map(Number)
  const isAddress =
    parts.length === 4 && parts.every((part) => Number.isInteger(part) && part >= 0 && part < 256)
  return isAddress ? parts.reduce((number, part) => number * 256 + part, 0) : undefined
}
