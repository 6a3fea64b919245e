import { RouterError } from '../language/router-error.js'
import { NOTHING } from '../language/script-value.js'
import { addItem, enableItems, removeItems, setItems } from './generic/change-items.js'
import { refuseByDeviceMode } from './generic/new-item-values.js'
import { type CommandTable, commandKey, type MenuCommand } from './menu-command.js'
import { selectedRecords } from './select-records.js'

const add: MenuCommand = async (call) => {
  const name = call.args.text('name') ?? ''
  const trouble = await call.router.host.checkpoint({ at: 'scheduler-add', name })
  if (trouble !== undefined) throw new RouterError(trouble)
  const explicit = call.args.named.has('start-time')
  const id = await addItem(call)
  const item = call.router.config.menu(call.menu)?.items.at(-1)
  if (!explicit) item?.base.set('.default-start', 'yes')
  call.router.scheduler.refresh()
  call.router.log('system,info', `new script scheduled by ${call.execution.user}`)
  return id
}

const set: MenuCommand = async (call) => {
  await setItems(call)
  call.router.log('system,info', `changed scheduled script settings by ${call.execution.user}`)
  return NOTHING
}

const remove: MenuCommand = async (call) => {
  const count = selectedRecords(call).length
  await removeItems(call)
  if (count > 0) call.router.log('system,info', `script removed from scheduler by ${call.execution.user}`)
  return NOTHING
}

const enable: MenuCommand = (call) => {
  refuseByDeviceMode(call.router)
  return enableItems(call)
}

/** `reset`: clears what an entry does and how often. */
const reset: MenuCommand = (call) => {
  for (const { item } of selectedRecords(call)) {
    if (item !== undefined)
      call.router.config.assign(item, [
        ['on-event', undefined],
        ['interval', undefined],
      ])
  }
  return NOTHING
}

/** `/system scheduler`: what differs from any other list. */
export const systemScheduler: CommandTable = new Map([
  [commandKey('/system scheduler', 'add'), add],
  [commandKey('/system scheduler', 'set'), set],
  [commandKey('/system scheduler', 'enable'), enable],
  [commandKey('/system scheduler', 'remove'), remove],
  [commandKey('/system scheduler', 'reset'), reset],
])
