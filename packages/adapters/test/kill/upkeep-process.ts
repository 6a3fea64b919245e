/** Drops old revisions and packs the rest, without end. Made to be killed. Argument: place of the installation. */
import { CoreError } from '@tod/core'
import { type InstallationPlace, openInstallation, retentionPolicy } from './installation.js'

const place = JSON.parse(process.argv[2] ?? '') as InstallationPlace
const { retention, maintenance, scope } = await openInstallation(place)

for (;;) {
  try {
    await retention.apply(scope, retentionPolicy)
    await maintenance.compact(scope, { spareMs: 20_000 })
  } catch (error) {
    if (!(error instanceof CoreError && error.retryable)) throw error
  }
}
