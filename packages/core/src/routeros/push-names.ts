/** Everything that one push operation puts on a device, named after its nonce. */
export interface PushNames {
  /** 16 lower-case hex digits. */
  readonly nonce: string
  /** The guard's timed scheduler entry. */
  readonly timedGuard: string
  /** The guard's entry for a boot in between. */
  readonly bootGuard: string
  /** Binary backup that the guard loads, without the suffix that RouterOS adds. */
  readonly backupName: string
  readonly backupFile: string
  /** The statements to be run. */
  readonly planFile: string
  /** What the running script says about itself. */
  readonly outcomeFile: string
  /** Global variable that holds the number of the statement that is running. */
  readonly stepVariable: string
}

/** Every guard entry of ours begins with this, whatever the operation. */
export const guardPrefix = 'tod-guard-'

/** Every file of a push begins with this, behind the folder. */
export const pushFilePrefix = 'tod-push-'

/**
 * Names for an operation. No file may end in `.auto.rsc`, which RouterOS would run at once.
 *
 * @param folder '' or the folder that survives a reboot (`flash`).
 */
export function pushNames(nonce: string, folder: string): PushNames {
  if (!/^[0-9a-f]{16}$/.test(nonce)) throw new TypeError('A nonce is 16 lower-case hex digits.')
  const base = `${folder === '' ? '' : `${folder}/`}${pushFilePrefix}${nonce}`
  return {
    nonce,
    timedGuard: `${guardPrefix}${nonce}`,
    bootGuard: `${guardPrefix}${nonce}-boot`,
    backupName: base,
    backupFile: `${base}.backup`,
    planFile: `${base}-plan.rsc`,
    outcomeFile: `${base}-outcome.txt`,
    stepVariable: `todstep${nonce}`,
  }
}

/** The nonce in the name of a guard entry, or undefined when it is none of ours. */
export function nonceOfGuard(name: string): string | undefined {
  return /^tod-guard-([0-9a-f]{16})(?:-boot)?$/.exec(name)?.[1]
}
