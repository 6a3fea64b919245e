import type { RouterEngine, SessionContext } from '../engine.js'

/** The console's prompt, without the blank at its end being lost: `[admin@MikroTik] > `, `… /ip/address> `, `… <SAFE> `. */
export function promptText(engine: RouterEngine, session: SessionContext): string {
  const isV6 = Number.parseInt(engine.version(), 10) < 7
  const words = session.menu
    .replace(/^\//, '')
    .split(' ')
    .filter((word) => word !== '')
  const menu = words.length === 0 ? '' : `/${words.join(isV6 ? ' ' : '/')}`
  const sign = engine.hasSafeMode(session) ? '<SAFE> ' : '> '
  return `[${session.user}@${engine.identity()}] ${menu}${sign}`
}

/** Prompts of a line that is not complete yet. */
export const continuationPrompts = { brace: '{... ', string: '"... ', line: '\\... ' } as const
