import { once } from 'node:events'
import { RouterError } from '../../language/router-error.js'
import type { CommandCall } from '../menu-command.js'
import { printLog } from './print-list.js'
import { matchingRecords } from './read-items.js'

/**
 * `print follow`: stays until it is interrupted, and shows new lines of the log as they come. Other menus stay as they
 * were printed.
 *
 * @throws RouterError `interrupted`, which is how it ends
 */
export async function followRecords(call: CommandCall, alreadyShown: number): Promise<never> {
  const { router, execution, menu } = call
  const { session } = execution
  let shown = alreadyShown
  let showing: Promise<void> = Promise.resolve()
  const showNew = async (): Promise<void> => {
    const records = await matchingRecords(call)
    session.write(printLog(records.slice(shown)))
    shown = records.length
  }
  const unsubscribe =
    menu === '/log'
      ? router.logBook.onLine(() => {
          showing = showing.then(showNew)
        })
      : () => {}
  if (!session.signal.aborted) await once(session.signal, 'abort')
  unsubscribe()
  await showing
  throw new RouterError('interrupted')
}
