/** A kind of line that changes without the configuration changing. */
export interface VolatileLine {
  readonly id: string
  /** Tested against a whole line without its line end. */
  readonly pattern: RegExp
  /** Why the line comes and goes. */
  readonly reason: string
  /** RouterOS versions it was seen on or is documented for. */
  readonly versions: string
}

/**
 * The lines of an export that change by themselves. Each is a comment that the device writes; configuration is
 * never among them. Source: measured exports of 5.26 to 7.22, and backup tools that filter the same lines.
 */
export const volatileLines: readonly VolatileLine[] = [
  {
    id: 'header-date',
    pattern: /^# *(?:[a-z]{3}\/\d{2}\/\d{4}|\d{4}-\d{2}-\d{2}) \d{2}:\d{2}:\d{2} by RouterOS \S+[ \t]*$/i,
    reason: 'The clock of the device at the time of the export.',
    versions: 'all; `mmm/dd/yyyy` up to 7.9, `yyyy-mm-dd` from 7.10',
  },
  {
    id: 'interface-not-active',
    pattern:
      /^# (?:Interface not active|Interface not running|no interface|No IP address on interface|\S+ not ready)[ \t]*$/i,
    reason: 'Link state of an interface the item refers to.',
    versions: '6.x, 7.x',
  },
  {
    id: 'inactive-time',
    pattern: /^# inactive time[ \t]*$/,
    reason: 'The time condition of a rule does not hold at the moment.',
    versions: '6.x, 7.x',
  },
  {
    id: 'sim-not-present',
    pattern: /^# SIM not present[ \t]*$/,
    reason: 'State of the modem.',
    versions: '6.x, 7.x',
  },
  {
    id: 'share-expired',
    pattern: /^# Share expired[ \t]*$/,
    reason: 'A file share ran out; depends on the clock.',
    versions: '7.x',
  },
  {
    id: 'managed-by-capsman',
    pattern: /^# managed by CAPsMAN(?:\b.*)?$/,
    reason: 'The access point has joined a manager.',
    versions: '6.x, 7.x',
  },
  {
    id: 'wireless-channel',
    pattern:
      /^# (?:channel: .*|mode: .*, SSID: .*|no connection to CAPsMAN.*|no supported channel.*|in scan-list unsupported channel: .*)$/,
    reason: 'The channel in use and the way of forwarding, as the manager decided.',
    versions: '6.x, 7.x',
  },
  {
    id: 'exit-status',
    pattern: /^# exited with status -?\d+[ \t]*$/,
    reason: 'How the program in a container ended last.',
    versions: '7.x',
  },
  {
    id: 'radar-check',
    pattern:
      /^# (?:DFS channel availability check|radar detected|selecting channel|no available channels)\b.*$/i,
    reason: 'The radio listens for radar before it may send, or heard some.',
    versions: '7.x',
  },
  {
    id: 'operated-by-capsman',
    pattern: /^# operated by CAP\b.*$/,
    reason: 'Which access point the manager runs the interface on at the moment.',
    versions: '7.13 and later',
  },
  {
    id: 'mtu-above-l2mtu',
    pattern: /^# MTU > L2MTU[ \t]*$/,
    reason: 'Follows from the interface below, which may be absent.',
    versions: '6.x, 7.x',
  },
  {
    id: 'poe-out-status',
    pattern: /^# poe-out status: .*$/,
    reason: 'Electrical state of a port.',
    versions: '6.x, 7.x',
  },
  {
    id: 'received-packet',
    pattern: /^# received packet from .*$/,
    reason: 'The last packet that could not be read.',
    versions: '6.x, 7.x',
  },
  {
    id: 'firmware-upgraded',
    pattern: /^# Firmware upgraded successfully, please reboot.*$/i,
    reason: 'A reboot is due.',
    versions: '6.x, 7.x',
  },
  {
    id: 'restart-needed',
    pattern: /^# .*please restart the device in order to apply the new setting.*$/i,
    reason: 'A restart is due.',
    versions: '6.x, 7.x',
  },
  {
    id: 'unsafe-protocol',
    pattern:
      /^# \S+ connections are considered unsafe, it is suggested to use a more modern VPN protocol instead.*$/,
    reason: 'Advice that newer versions add by themselves.',
    versions: '7.x',
  },
  {
    id: 'slave-interface-matcher',
    pattern: /^# in\/out-(?:bridge-)?interface(?:-list)? matcher not possible when interface .*$/,
    reason: 'Depends on whether the interface is a bridge port at the moment.',
    versions: '6.4x, 7.x',
  },
  {
    id: 'timeout-too-long',
    pattern: /^# timeout is set to longer than .*$/,
    reason: 'Advice of the device.',
    versions: '6.x, 7.x',
  },
  {
    id: 'device-mode',
    pattern: /^# inactivated, not allowed by device-mode.*$/,
    reason: 'State of the device mode, which is no configuration.',
    versions: '7.17 and later',
  },
  {
    id: 'inactive-or-disabled',
    pattern: /^# (?:disabled|inactive|invalid|unreachable|expired|not running)[ \t]*$/i,
    reason: 'A flag of the item or of what it refers to.',
    versions: '6.x, 7.x',
  },
  {
    id: 'empty-remark',
    pattern: /^# [ \t]*$/,
    reason: 'A remark of the device without text.',
    versions: '6.4x',
  },
]

/** The table entry a line matches, if it is one of those that change by themselves. */
export function findVolatileLine(line: string): VolatileLine | undefined {
  if (!line.startsWith('#')) return undefined
  return volatileLines.find((entry) => entry.pattern.test(line))
}
