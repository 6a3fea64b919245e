import { describe, expect, it } from 'vitest'
import { findVolatileLine, significantText, volatileLines } from '../../src/index.js'

describe('significant text', () => {
  it('drops both forms of the date line and keeps the rest of the header', () => {
    const rest = '# software id = X\n#\n# model = RB1\n/ip pool\nadd name=a\n'
    expect(significantText(`# feb/25/2021 09:40:07 by RouterOS 6.47.1\n${rest}`)).toBe(rest)
    expect(
      significantText(`# 2023-06-01 12:16:16 by RouterOS 7.10rc1\r\n${rest.replaceAll('\n', '\r\n')}`),
    ).toBe(rest)
  })

  it('drops remarks about the present state of an item and keeps other comments', () => {
    const text =
      '/ip dhcp-server\n# Interface not active\n# my own note\nadd name=a\n# inactive time\nadd name=b'
    expect(significantText(text)).toBe('/ip dhcp-server\n# my own note\nadd name=a\nadd name=b\n')
  })

  it('keeps failures of the export: they say that something is missing', () => {
    const text = '#error exporting /interface bridge calea\n#interrupted\n'
    expect(significantText(text)).toBe(text)
  })

  it('keeps a remark inside a quoted script', () => {
    const text = '/system script\nadd source="a\n# inactive time\nb"\n'
    expect(significantText(text)).toBe(text)
  })

  it('is the same for the same text twice over', () => {
    const once = significantText('\ufeff# 2023-06-01 12:16:16 by RouterOS 7.10\r\n/ip pool\r')
    expect(significantText(once)).toBe(once)
    expect(significantText('')).toBe('')
  })
})

describe('the table of volatile lines', () => {
  it.each([
    '# inactive time',
    '# Interface not active',
    '# Interface not running',
    '# no interface',
    '# SIM not present',
    '# Share expired',
    '# managed by CAPsMAN',
    '# channel: 2412/20/gn(15dBm), SSID: x, CAPsMAN forwarding',
    '# pppoe-out1 not ready',
    '# MTU > L2MTU',
    '# poe-out status: short_circuit',
    '# received packet from 10.0.0.1 bad format',
    '# Firmware upgraded successfully, please reboot for changes to take effect!',
    '# PPTP connections are considered unsafe, it is suggested to use a more modern VPN protocol instead',
    '# in/out-interface matcher not possible when interface (wlan1) is slave - use master instead (bridge1)',
    '# timeout is set to longer than 3s, ppp authentication might time out',
    '# country changed, please restart the device in order to apply the new setting',
    '# inactivated, not allowed by device-mode',
    '# No IP address on interface',
    '# in scan-list unsupported channel: 5180-5200',
    '# exited with status 1',
    '# DFS channel availability check (1 min)',
    '# operated by CAP 00:00:5E:00:53:01%bridge, traffic processing on CAP',
  ])('knows %j', (line) => {
    expect(findVolatileLine(line)).toBeDefined()
  })

  it.each([
    '#error exporting /x',
    '#interrupted',
    '# software id = A',
    '# model = B',
    '# a note of mine',
    'add name=a',
  ])('leaves %j alone', (line) => {
    expect(findVolatileLine(line)).toBeUndefined()
  })

  it('gives each entry an id of its own, a reason and versions', () => {
    expect(new Set(volatileLines.map((entry) => entry.id)).size).toBe(volatileLines.length)
    for (const entry of volatileLines) expect(entry.reason && entry.versions).toBeTruthy()
  })
})
