import { parseDuration } from '../language/durations.js'

const isOctets = (text: string): boolean =>
  /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) && text.split('.').every((octet) => Number(octet) < 256)

const isPrefix = (text: string): boolean => {
  const [address = '', length = '32', ...more] = text.split('/')
  return isOctets(address) && /^\d{1,2}$/.test(length) && Number(length) <= 32 && more.length === 0
}

/** `192.0.2.1`, `192.0.2.0/24` or `192.0.2.1-192.0.2.9`. */
const isAddressRange = (text: string): boolean => {
  const [from = '', to] = text.split('-')
  return to === undefined ? isPrefix(from) : isOctets(from) && isOctets(to)
}

const eachOf =
  (form: (part: string) => boolean) =>
  (text: string): boolean =>
    text.split(',').every(form)

/** With or without the `!` of "anything but this". */
const orNot =
  (form: (text: string) => boolean) =>
  (text: string): boolean =>
    form(text.replace(/^!/, ''))

const numbersUpTo = (most: number) =>
  eachOf((part) => {
    const [from = '', to = from, ...more] = part.split('-')
    const isNumber = (text: string): boolean => /^\d+$/.test(text) && Number(text) <= most
    return isNumber(from) && isNumber(to) && more.length === 0
  })

const ports = orNot(numbersUpTo(65_535))
const isMac = (text: string): boolean => /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(text)
const isDuration = (text: string): boolean => parseDuration(text) !== undefined

type Forms = Readonly<Record<string, (text: string) => boolean>>

const PORTS: Forms = { port: ports, 'src-port': ports, 'dst-port': ports, 'to-ports': ports }
const RULE: Forms = {
  ...PORTS,
  'src-address': orNot(isAddressRange),
  'dst-address': orNot(isAddressRange),
  'to-addresses': isAddressRange,
}

/** What values have to look like, for menus in which nothing else is taken. */
const FORMS: Readonly<Record<string, Forms>> = {
  '/interface bridge vlan': { 'vlan-ids': numbersUpTo(4095) },
  '/ip arp': { address: isOctets, 'mac-address': isMac },
  '/ip dhcp-server': { 'lease-time': isDuration },
  '/ip dhcp-server lease': { 'mac-address': isMac },
  '/ip dhcp-server network': { address: isPrefix },
  '/ip firewall filter': RULE,
  '/ip firewall mangle': RULE,
  '/ip firewall nat': RULE,
  '/ip firewall raw': RULE,
  '/ip pool': { ranges: eachOf(isAddressRange) },
  '/ip service': { port: numbersUpTo(65_535) },
  '/ipv6 firewall filter': PORTS,
  '/ipv6 firewall mangle': PORTS,
  '/ipv6 firewall nat': PORTS,
  '/ipv6 firewall raw': PORTS,
  '/tool netwatch': { interval: isDuration },
}

/** True when a property takes values of one form only and this has another. An empty value unsets. */
export function hasWrongForm(path: string, property: string, value: string): boolean {
  const form = FORMS[path]?.[property]
  return form !== undefined && value !== '' && !form(value)
}
