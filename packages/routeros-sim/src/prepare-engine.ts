import type { EngineOptions, PrepareEngine } from './engine.js'
import { engineSettings } from './engine-settings.js'
import { versionNumbers } from './export/export-header.js'
import { unwrapLines } from './export/unwrap-lines.js'
import { RouterCore } from './router-core.js'
import { SimulatedEngine } from './router-engine.js'
import { bareConfig } from './state/bare-config.js'
import { completeHardware } from './state/hardware-ports.js'
import { isVerboseExport } from './state/is-verbose-export.js'
import { loadExport, readHeader } from './state/load-export.js'
import { factsFor } from './state/menu-knowledge.js'
import type { RouterConfig } from './state/router-config.js'
import { takeSnapshot } from './state/snapshot.js'

function addUsers(config: RouterConfig, options: EngineOptions): void {
  for (const user of options.users ?? [{ name: 'admin' }]) {
    config.add('/user', {
      values: [
        ['name', user.name],
        ['group', user.group ?? 'full'],
        ['password', user.password ?? ''],
        ...(user.address === undefined ? [] : [['address', user.address] as const]),
        ...(user.disabled === true ? [['disabled', 'yes'] as const] : []),
      ],
    })
    for (const line of user.publicKeys ?? []) {
      const [type = '', key = '', owner = ''] = line.trim().split(/\s+/)
      config.add('/user ssh-keys', {
        values: [
          ['user', user.name],
          ['key', `${type} ${key}`],
          ['key-owner', owner],
        ],
      })
    }
  }
}

/** Loads a configuration once and makes engines that start from it. */
export const prepareEngine: PrepareEngine = (options) => {
  const settings = engineSettings(options)
  const major = versionNumbers(settings.version)[0]
  const config = bareConfig(factsFor(major), settings.version)
  if (options.config !== undefined) {
    const text = options.config.replace(/\r\n/g, '\n')
    const writtenBy = versionNumbers(readHeader(text).version ?? settings.version)
    loadExport(config, text, isVerboseExport(unwrapLines(text)), writtenBy)
  }
  completeHardware(config, settings.model, major)
  addUsers(config, options)
  const snapshot = takeSnapshot(config)
  return (host) => new SimulatedEngine(new RouterCore(host, settings, snapshot))
}
