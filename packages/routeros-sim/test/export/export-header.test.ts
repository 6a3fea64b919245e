import { describe, expect, it } from 'vitest'
import { exportHeader } from '../../src/export/export-header.js'

const at = Date.UTC(2026, 0, 5, 10, 20, 30)

describe('header of an export', () => {
  it('has the date of its version', () => {
    expect(exportHeader({ version: '6.49.13' }, at)[0]).toBe('# jan/05/2026 10:20:30 by RouterOS 6.49.13')
    expect(exportHeader({ version: '7.9.2' }, at)[0]).toBe('# jan/05/2026 10:20:30 by RouterOS 7.9.2')
    expect(exportHeader({ version: '7.10rc1' }, at)[0]).toBe('# 2026-01-05 10:20:30 by RouterOS 7.10rc1')
  })

  it('names board and serial number, or leaves the lines of a virtual router', () => {
    const board = { model: 'RB5009UPr+S+', serialNumber: 'HC1', softwareId: 'AB-CD' }

    expect(exportHeader({ version: '7.16', ...board }, at).slice(1)).toEqual([
      '# software id = AB-CD',
      '#',
      '# model = RB5009UPr+S+',
      '# serial number = HC1',
    ])
    expect(exportHeader({ version: '7.16', model: 'CHR' }, at).slice(1)).toEqual(['# software id = ', '#'])
    expect(exportHeader({ version: '6.49.13' }, at).slice(1)).toEqual(['# software id = ', '#', '#', '#'])
    expect(exportHeader({ version: '6.38', ...board }, at).slice(1)).toEqual(['# software id = AB-CD', '#'])
  })
})
