// Exports for the benches: about 58 KB, as a router with 600 rules has.

/** Text of an export; two versions of one device differ in a line. */
export function makeExport(seed, version = 0) {
  const lines = ['# 2026-01-05 10:00:00 by RouterOS 7.16.2', '/ip firewall address-list']
  let state = (seed * 2654435761) >>> 0
  for (let at = 0; at < 780; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    const address = `198.51.${(state >>> 16) & 255}.${(state >>> 8) & 255}`
    lines.push(`add address=${address} comment="customer ${state % 100_000}" list=allowed-${at % 9}`)
  }
  lines.push('/system identity', `set name=router-${seed}-${version}`, '')
  return Buffer.from(lines.join('\r\n'))
}

/** Id of a device by its number. */
export function deviceIdOf(index) {
  return `d0000000-0000-4000-8000-${String(index).padStart(12, '0')}`
}
