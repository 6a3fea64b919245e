import { isInterfaceMenu } from '../state/interface-family.js'
import type { VersionNumbers } from './export-header.js'

/** CAPsMAN is part of v6 and of v7 up to 7.12; later it comes with the wireless package. */
export function hasCapsman(paths: Iterable<string>, [major, minor]: VersionNumbers): boolean {
  if (major < 7 || (major === 7 && minor < 13)) return true
  for (const path of paths) {
    if (path.startsWith('/caps-man') || path.startsWith('/interface wireless')) return true
  }
  return false
}

/**
 * Text by which sections of the first phase sort: their path. Interface menus stand together, at the first of them by
 * path: with CAPsMAN on board that is `/caps-man interface`.
 */
export function firstPhaseKey(path: string, withCapsman: boolean): string {
  if (path === '/ip neighbor discovery') return '/interface'
  // Tried first of all, so that its entries follow each batch of interfaces.
  if (path === '/queue interface') return ''
  if (path === '/interface ethernet switch qos port')
    return '/interface ethernet switch qos priority-flow-control ~'
  if (!isInterfaceMenu(path) || path.startsWith('/zerotier')) return path
  return withCapsman ? '/caps-man interface' : '/interface'
}

/** Settings that all bridges have to know, so they are written before bridge VLANs. Measured on 6.43 to 7.22. */
const BEFORE_BRIDGE_VLANS: ReadonlySet<string> = new Set([
  '/ip firewall connection tracking',
  '/ip neighbor discovery-settings',
  '/ip settings',
  '/ipv6 settings',
])

/** Text by which sections of the second phase sort: their path, but for a few that are pulled forward or back. */
export function secondPhaseKey(path: string, [major, minor]: VersionNumbers): string {
  if (BEFORE_BRIDGE_VLANS.has(path)) return `/interface bridge t ${path}`
  if (isInterfaceMenu(path)) return firstPhaseKey(path, false)
  if (path === '/system routerboard settings' && (major < 7 || minor < 20)) return '/system routerboard'
  if (major < 7) return path
  if (path === '/ip smb') return minor >= 12 ? '/interface' : '/ip service ~'
  if (path === '/ipv6 route') return '/ip route ~'
  if (path === '/system ntp client servers') return '/system ntp server ~'
  return path
}
