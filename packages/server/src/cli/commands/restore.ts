import type { Preview, PushResult, TenantScope } from '@tod/core'
import { type Command, Option } from 'commander'
import { toPreviewBody } from '../../routes/to-preview-body.js'
import { toOperationBody, toResultBody } from '../../routes/to-result-body.js'
import { type CommandContext, type ProgramStreams, withLocal } from '../command-context.js'
import { CommandFailed } from '../command-failed.js'
import { exitCodes } from '../exit-codes.js'
import { isoTime, type Output, printList, printObject } from '../output.js'

interface RestoreOptions {
  readonly preview?: boolean
  readonly strategy?: 'reconcile' | 'import' | 'binary'
  readonly onLockout: 'proceed' | 'refuse'
  readonly onResidual: 'keep' | 'revert'
  readonly planHash?: string
  readonly consent?: readonly string[]
}

function printPreview(output: Output, preview: Preview): void {
  if (output.json) {
    printObject(output, toPreviewBody(preview))
    return
  }
  const { diff, categories, warnings } = preview.impact
  const side =
    preview.source.kind === 'live'
      ? 'the live device'
      : `the stored revision ${preview.source.commitSha} (${preview.source.because})`
  output.out(
    `Compared with ${side}: ${diff.added} added, ${diff.removed} removed, ${diff.modified} modified.\n`,
  )
  printList(output, categories, {
    MENU: ({ path }) => path,
    ADDS: ({ adds }) => String(adds),
    REMOVES: ({ removes }) => String(removes),
    RISK: ({ risk }) => risk,
  })
  for (const warning of warnings) output.out(`warning: ${warning}\n`)
  for (const part of preview.unsupported) output.out(`not done: ${part.menu} ${part.label}: ${part.reason}\n`)
  if (preview.lockout !== null) {
    output.out(`lock-out analysis: ${preview.lockout.verdict}\n`)
    for (const line of preview.lockout.trace) output.out(`  ${line}\n`)
  }
  if (preview.plan !== '') output.out(`\n${preview.plan}\n`)
  output.out(`plan hash: ${preview.planHash}\n`)
}

function printResult(output: Output, result: PushResult): void {
  if (output.json) {
    printObject(output, toResultBody(result))
    return
  }
  output.out(`${result.status}: ${result.message}\n`)
  for (const { menu, kind, summary } of result.residual)
    output.out(`  still differs: ${menu} ${kind} ${summary}\n`)
  if (result.because?.statement !== undefined) output.out(`  statement: ${result.because.statement}\n`)
  if (result.because?.deviceText !== undefined)
    output.out(`  the device said: ${result.because.deviceText}\n`)
  output.out(`  before: ${result.preBackupSha}\n  operation: ${result.operationId}\n`)
}

/** Tells each stage as it is reached, with the time that the guard leaves. */
function followProgress({ opened, output }: CommandContext, scope: TenantScope): () => void {
  return opened.local.tod.ports.events.subscribe(scope, (event) => {
    if (event.type !== 'push') return
    const left =
      event.guardRemainingMs === null ? '' : ` (guard: ${Math.round(event.guardRemainingMs / 1000)} s left)`
    output.err(`${isoTime(event.at)} ${event.state}: ${event.message}${left}\n`)
  })
}

async function push(
  context: CommandContext,
  scope: TenantScope,
  run: (signal: AbortSignal) => Promise<PushResult>,
): Promise<void> {
  const unsubscribe = followProgress(context, scope)
  const told = cancelWhenTold(context.output)
  const result = await run(told.signal).finally(() => {
    unsubscribe()
    told.forget()
  })
  printResult(context.output, result)
  if (result.status !== 'committed') {
    throw new CommandFailed(exitCodes.failed)
  }
}

/**
 * Ctrl-C, or a supervisor that ends us, cancels: before the launch a clean stop, after it a return to the old
 * configuration. A second time ends the process at once; the guard decides then.
 */
function cancelWhenTold(output: Output): { readonly signal: AbortSignal; forget(): void } {
  const cancel = new AbortController()
  const tell = () => {
    output.err('Cancelling; the device goes back if anything was pushed ...\n')
    cancel.abort()
    forget()
  }
  const forget = () => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, tell)
  }
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, tell)
  return { signal: cancel.signal, forget }
}

const onLockout = () =>
  new Option(
    '--on-lockout <what>',
    'when the device would be out of reach: refuse, or proceed under the guard',
  )
    .choices(['refuse', 'proceed'])
    .default('refuse')

export function addRestoreCommands(program: Command, streams: ProgramStreams): void {
  program
    .command('restore')
    .argument('<device>', 'id or name')
    .argument('<sha>', 'revision, or the beginning of its sha')
    .option('--preview', 'only show what would change')
    .addOption(
      new Option('--strategy <name>', 'how').choices(['reconcile', 'import', 'binary']).default('reconcile'),
    )
    .option('--plan-hash <hash>', 'refuse unless the plan is the one that a preview showed')
    .addOption(onLockout())
    .addOption(
      new Option('--on-residual <what>', 'what did not converge: keep it, or revert all')
        .choices(['keep', 'revert'])
        .default('keep'),
    )
    .addOption(new Option('--consent <name...>', 'a load that no guard can undo').choices(['binary-restore']))
    .description('Bring a device to a stored revision, under a guard that undoes it when the device is lost')
    .addHelpText(
      'after',
      '\nIt tells each stage as it is reached and takes some minutes; Ctrl-C cancels, and the device goes back.\nExit code 1 when it ended reverted or failed.\nExamples:\n  tod restore edge-1 3c1ea62f --preview\n  tod restore edge-1 3c1ea62f --plan-hash <hash of the preview>',
    )
    .action((wanted: string, commitSha: string, options: RestoreOptions, command: Command) =>
      withLocal(command, streams, async (context) => {
        const { opened, output, tenant } = context
        const scope = await opened.scopeOf(tenant)
        const { deviceId } = await opened.findDevice(scope, wanted)
        const { previews, restores } = opened.local.tod
        if (options.preview) {
          printPreview(output, await previews.preview(scope, { deviceId, commitSha }))
          return
        }
        const { onLockout, onResidual, planHash, consent, strategy } = options
        await push(context, scope, (signal) =>
          restores.restore(scope, {
            deviceId,
            commitSha,
            signal,
            onLockout,
            onResidual,
            ...(strategy === undefined ? {} : { strategy }),
            ...(planHash === undefined ? {} : { expectedPlanHash: planHash }),
            ...(consent === undefined ? {} : { consent }),
          }),
        )
      }),
    )
  program
    .command('rollback')
    .argument('<device>', 'id or name')
    .addOption(onLockout())
    .description('Take a device back to the newest backup from before a push, or checkpoint')
    .action((wanted: string, options: Pick<RestoreOptions, 'onLockout'>, command: Command) =>
      withLocal(command, streams, async (context) => {
        const { opened, tenant } = context
        const scope = await opened.scopeOf(tenant)
        const { deviceId } = await opened.findDevice(scope, wanted)
        const { onLockout } = options
        await push(context, scope, (signal) =>
          opened.local.tod.rollbacks.rollBack(scope, { deviceId, onLockout, signal }),
        )
      }),
    )
  program
    .command('operations')
    .argument('<device>', 'id or name')
    .description('List push operations of a device, newest first')
    .action((wanted: string, _options: object, command: Command) =>
      withLocal(command, streams, async ({ opened, output, tenant }) => {
        const scope = await opened.scopeOf(tenant)
        const { deviceId } = await opened.findDevice(scope, wanted)
        const operations = await opened.local.tod.restores.list(scope, { deviceId })
        printList(output, operations.map(toOperationBody), {
          ID: ({ operation_id }) => operation_id,
          STARTED: ({ created_at }) => created_at,
          KIND: ({ kind }) => kind,
          STATE: ({ state }) => state,
          TARGET: ({ target_sha }) => target_sha.slice(0, 12),
        })
      }),
    )
}
