/** Time limits of steps on a device, in ms. */
export interface DeviceTimeLimits {
  readonly connectMs: number
  readonly commandMs: number
  readonly exportMs: number
  readonly saveBackupMs: number
  readonly transferMs: number
}

/** In force unless a host says otherwise. Exports take up to a minute on slow devices, saving up to a minute too. */
export const defaultDeviceTimeLimits: DeviceTimeLimits = {
  connectMs: 20_000,
  commandMs: 30_000,
  exportMs: 300_000,
  saveBackupMs: 180_000,
  transferMs: 300_000,
}
