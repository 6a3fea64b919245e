import { NOTHING } from '../language/script-value.js'
import { type CommandTable, commandKey, type MenuCommand } from './menu-command.js'

/** How long a router waits for its button, ms. Source: manual, Device-mode. */
const ACTIVATION_TIMEOUT_MS = 300_000

/** Failed tries after which it takes no more until the power was off. */
const ATTEMPT_LIMIT = 3

/** A change of mode needs somebody at the device; nobody is at a simulated one, so each try fails. */
const update: MenuCommand = async ({ router, execution }) => {
  const { session } = execution
  if (router.deviceModeAttempts >= ATTEMPT_LIMIT) {
    session.write(
      'update: too many unsuccessful attempts, turn off power or reboot by pressing reset or mode button in 5m00s to reset attempt-count\n',
    )
    return NOTHING
  }
  session.write('update: please activate by turning power off or pressing reset or mode button in 5m00s\n')
  router.deviceModeAttempts += 1
  await router.sleep(ACTIVATION_TIMEOUT_MS, execution)
  return NOTHING
}

/** `/system device-mode update`. */
export const systemDeviceMode: CommandTable = new Map([[commandKey('/system device-mode', 'update'), update]])
