import { sha256Hex, utf8Bytes } from '../digest/sha256.js'
import type { Device } from '../model/device.js'

/**
 * Name of the file that a backup saves on the device: always the same one of a device, so that a run that died leaves
 * nothing behind for longer than to the next run.
 *
 * @param folder '' or the folder that survives a reboot.
 */
export function backupFileName(device: Pick<Device, 'tenantId' | 'deviceId'>, folder: string): string {
  const base = `tod-backup-${sha256Hex(utf8Bytes(`${device.tenantId}/${device.deviceId}`)).slice(0, 12)}`
  return folder === '' ? base : `${folder}/${base}`
}
