import { toText } from '../../language/convert-value.js'
import { array, NOTHING, type ScriptValue } from '../../language/script-value.js'
import type { MenuCommand } from '../menu-command.js'
import { isSingletonMenu } from '../menu-records.js'
import { recordsFor } from '../select-records.js'
import { followRecords } from './follow-records.js'
import { printDetail, printLog, printSingle, printTerse } from './print-list.js'
import { printTable } from './print-table.js'
import { countValue, matchingRecords, recordArray } from './read-items.js'

/** `print` of any menu, in the form its words ask for. */
export const printItems: MenuCommand = async (call): Promise<ScriptValue> => {
  const { args, execution } = call
  const matching = await matchingRecords(call)
  const from = args.value('from')
  const records = from === undefined ? matching : recordsFor(matching, from)
  const isSingleton = isSingletonMenu(call.router, call.menu)
  if (args.hasWord('count-only')) {
    execution.session.write(`${records.length}\n`)
    return countValue(records)
  }
  const list = args.value('proplist') ?? args.value('.proplist')
  const only = list === undefined ? undefined : toText(list).split(/[,;]/)
  if (args.hasWord('as-value')) {
    const [first] = records
    if (isSingleton && first !== undefined) return recordArray(first, false, only)
    return array(records.map((record) => recordArray(record, true, only)))
  }
  let text: string
  if (isSingleton && records[0] !== undefined) text = printSingle(call, records[0])
  else if (call.menu === '/log') text = printLog(records)
  else if (args.hasWord('terse')) text = printTerse(call, records, only)
  else if (args.hasWord('detail')) text = printDetail(call, records, only)
  else text = printTable(call, records, only)
  const file = args.text('file')
  if (file !== undefined) {
    await call.router.host.files.write(`${file}.txt`, Buffer.from(text, 'latin1'))
    return NOTHING
  }
  const follows = args.hasWord('follow') || args.hasWord('follow-only') || args.named.has('interval')
  if (!args.hasWord('follow-only')) execution.session.write(text)
  if (follows) await followRecords(call, records.length)
  return NOTHING
}
