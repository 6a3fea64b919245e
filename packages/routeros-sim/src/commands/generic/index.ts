import { exportMenu } from '../export.js'
import type { MenuCommand } from '../menu-command.js'
import {
  addItem,
  commentItems,
  disableItems,
  enableItems,
  moveItems,
  removeItems,
  resetItems,
  setItems,
  unsetItems,
} from './change-items.js'
import { printItems } from './print-items.js'
import { findItems, getItem } from './read-items.js'

/** Verbs that work the same in every menu of configuration. */
export const genericVerbs: ReadonlyMap<string, MenuCommand> = new Map<string, MenuCommand>([
  ['add', addItem],
  ['set', setItems],
  ['remove', removeItems],
  ['enable', enableItems],
  ['disable', disableItems],
  ['comment', commentItems],
  ['unset', unsetItems],
  ['reset', resetItems],
  ['move', moveItems],
  ['print', printItems],
  ['find', findItems],
  ['get', getItem],
  ['export', exportMenu],
])
