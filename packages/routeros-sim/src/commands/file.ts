import { toText } from '../language/convert-value.js'
import { failure, RouterError } from '../language/router-error.js'
import { NOTHING, str } from '../language/script-value.js'
import { getItem } from './generic/read-items.js'
import { type CommandTable, commandKey, type MenuCommand } from './menu-command.js'
import { recordsFor, selectedRecords } from './select-records.js'

/** Bytes that `contents` can take and give. Source: manual, Files; tools measured about 61 KB. */
const CONTENTS_LIMIT = 61_440

function contentOf(text: string): Buffer {
  if (text.length > CONTENTS_LIMIT) throw failure('contents too long')
  return Buffer.from(text, 'latin1')
}

const add: MenuCommand = async (call) => {
  const { router, args } = call
  const name = args.required('name')
  if (router.host.files.find(name) !== undefined) throw failure('item with such name already exists')
  if (args.text('type') === 'directory') router.host.files.makeDirectory(name)
  else await router.host.files.write(name, contentOf(args.text('contents') ?? ''))
  return NOTHING
}

const set: MenuCommand = async (call) => {
  const { files } = call.router.host
  const text = call.args.text('contents')
  const renamed = call.args.text('name')
  for (const record of selectedRecords(call)) {
    const name = record.properties.get('name') ?? ''
    if (text !== undefined) await files.write(name, contentOf(text))
    if (renamed !== undefined && renamed !== name) {
      await files.write(renamed, files.read(name) ?? new Uint8Array(0))
      files.remove(name)
    }
  }
  return NOTHING
}

const remove: MenuCommand = (call) => {
  for (const record of selectedRecords(call))
    call.router.host.files.remove(record.properties.get('name') ?? '')
  return NOTHING
}

const get: MenuCommand = (call) => {
  const positional = call.args.positional.map((argument) => argument.value)
  const property = call.args.value('value-name') ?? positional[1]
  if (property === undefined || toText(property) !== 'contents') return getItem(call)
  const [record] = recordsFor(
    call.router.records('/file'),
    call.args.value('number') ?? positional[0] ?? NOTHING,
  )
  const data = call.router.host.files.read(record?.properties.get('name') ?? '')
  if (data === undefined) throw new RouterError('no such item')
  return data.length > CONTENTS_LIMIT ? NOTHING : str(Buffer.from(data).toString('latin1'))
}

const read: MenuCommand = (call) => {
  const name = call.args.required('file')
  const data = call.router.host.files.read(name)
  if (data === undefined) throw new RouterError('no such item')
  const offset = Number(call.args.text('offset') ?? '0')
  const size = Math.min(Number(call.args.text('chunk-size') ?? '32768'), 32_768)
  const text = Buffer.from(data.subarray(offset, offset + size)).toString('latin1')
  if (call.args.hasWord('as-value')) return { type: 'array', entries: [{ key: 'data', value: str(text) }] }
  call.execution.session.write(`${text}\n`)
  return NOTHING
}

/** `/file`. */
export const file: CommandTable = new Map([
  [commandKey('/file', 'add'), add],
  [commandKey('/file', 'set'), set],
  [commandKey('/file', 'remove'), remove],
  [commandKey('/file', 'get'), get],
  [commandKey('/file', 'read'), read],
])
