import { exportLines } from './commands/export.js'
import type { EngineInspection } from './engine.js'
import { versionNumbers } from './export/export-header.js'
import { writeSections } from './export/write-export.js'
import type { RouterCore } from './router-core.js'

/** Reads of a router's state for tests and the command line. */
export function inspectionOf(core: RouterCore): EngineInspection {
  return {
    exportText: (options = {}) => {
      const style = {
        verbose: options.verbose ?? false,
        terse: options.terse ?? false,
        showSensitive: options.showSensitive ?? true,
        width: 80,
      }
      return `${exportLines(core, style).join('\n')}\n`
    },
    significantText: () => {
      const style = { verbose: false, terse: false, showSensitive: true, width: Number.POSITIVE_INFINITY }
      const sections = writeSections(core.config, versionNumbers(core.settings.version), style)
      return sections.flatMap((section) => section.lines).join('\n')
    },
    schedulers: () => core.scheduler.states(),
    jobs: () =>
      [...core.jobs.running.values()].map((job) => ({
        id: job.id,
        script: job.request.name,
        started: job.startedMs,
      })),
    logLines: () => core.logBook.lines,
    items: (menu) =>
      core.records(menu.startsWith('/') ? menu : `/${menu}`).map((record) => ({
        ...Object.fromEntries(record.properties),
        '.id': record.id,
      })),
  }
}
