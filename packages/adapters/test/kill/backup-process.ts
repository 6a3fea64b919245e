/**
 * Backs devices up without end and says each backup on its standard output once it is acknowledged; some are
 * checkpoints. Made to be killed. Arguments: place of the installation, ids of the devices.
 */
import { writeSync } from 'node:fs'
import { CoreError } from '@tod/core'
import { type InstallationPlace, openInstallation } from './installation.js'

const [place, deviceIds] = process.argv.slice(2).map((text) => JSON.parse(text)) as [
  InstallationPlace,
  string[],
]
const { tod, scope } = await openInstallation(place)

async function backUpForEver(deviceId: string): Promise<never> {
  for (;;) {
    const trigger = Math.random() < 0.4 ? 'checkpoint' : 'manual'
    try {
      const { commitSha, exportSha256 } = await tod.backups.backUp(scope, { deviceId, trigger, waitMs: 5000 })
      writeSync(1, `${JSON.stringify({ deviceId, commitSha, trigger, exportSha256 })}\n`)
    } catch (error) {
      // Another process holds the device, or went away with it half done.
      if (!(error instanceof CoreError && error.retryable)) throw error
    }
  }
}

await Promise.all(deviceIds.map(backUpForEver))
