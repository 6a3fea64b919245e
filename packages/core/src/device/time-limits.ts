/** Time limits of steps on a device, in ms. */
export interface DeviceTimeLimits {
  readonly connectMs: number
  readonly commandMs: number
  readonly exportMs: number
  readonly saveBackupMs: number
  readonly transferMs: number
  /**
   * How long a device may keep a written file in memory only. A push waits so long after saving the guard's backup: a
   * power cut would else take it away. Source: RouterOS facts 3.2, up to about 40 s on NAND.
   */
  readonly writeBackMs: number
}

/** In force unless a host says otherwise. Exports take up to a minute on slow devices, saving up to a minute too. */
export const defaultDeviceTimeLimits: DeviceTimeLimits = {
  connectMs: 20_000,
  commandMs: 30_000,
  exportMs: 300_000,
  saveBackupMs: 180_000,
  transferMs: 300_000,
  writeBackMs: 45_000,
}
