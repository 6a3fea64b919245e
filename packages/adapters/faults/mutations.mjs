/**
 * Mistakes planted into the protocol, each a change of its source. The matrix has to see every one of them: `cells` are
 * the fields on which it has to, as a pattern over their names.
 */
const restore = 'core/src/restore'

export const mutations = [
  {
    name: 'guard-not-read-back',
    about: 'the guard is not read back after arming',
    file: `${restore}/arm-guard.ts`,
    edits: [
      [
        'if (reason !== undefined) throw new GuardNotArmedError({ deviceId, reason })\n  const shown',
        'const shown',
      ],
    ],
    cells: '^arming × clock-jump while arming .reconcile, 7',
  },
  {
    name: 'disarmed-over-the-old-connection',
    about: 'the connection that pushed also verifies and disarms',
    file: `${restore}/guarded-push.ts`,
    edits: [
      [
        'return await concludePush(context)',
        `const { observeDevice } = await import('./observe-device.js')
    const { commitPush } = await import('./commit-push.js')
    const done = await commitPush(context, session, await observeDevice(context, session))
    return done.kind === 'committed' ? done.operation : await concludePush(context)`,
      ],
    ],
    cells: '^(settling|pushing) × locked out for 20 min .reconcile, 7',
  },
  {
    name: 'startup-with-interval',
    about: 'the timed entry starts with `startup` and has an interval',
    file: 'core/src/routeros/guard-commands.ts',
    edits: [['start-date=$date start-time=$time interval=', 'start-time=startup interval=']],
    cells: '^pushing × drop .reconcile, 7',
  },
  {
    name: 'guard-after-launch',
    about: 'the plan is started before the guard is armed',
    file: `${restore}/guarded-push.ts`,
    edits: [
      [
        'const guard = await armGuard(',
        'await session.readFacts(launchCommand(names, push.capture.facts.version))\n  const guard = await armGuard(',
      ],
      [
        'const facts = await session.readFacts(launchCommand(names, capture.facts.version), { signal: lease.lost })',
        'const facts = new Map<string, string>()',
      ],
    ],
    cells: '^(pushing × drop|settling × stall) .reconcile, 7',
  },
  {
    name: 'import-status-trusted',
    about: 'an import that has ended counts as one that succeeded',
    file: `${restore}/judge-evidence.ts`,
    edits: [
      [
        "if (kind === 'success') return { act: 'decide-residual' }",
        "if (kind !== 'running') return { act: 'commit' }",
      ],
    ],
    cells: '^(locked|launching) × fail-import .reconcile, 7',
  },
  {
    name: 'journal-written-late',
    about: 'the launch is journaled after it was sent',
    file: `${restore}/guarded-push.ts`,
    edits: [
      [
        "await log.step('launching', 'The plan is started on the device.', { changes: { launch: launchFacts } })",
        "late = () => log.step('launching', 'The plan is started on the device.', { changes: { launch: launchFacts } })",
      ],
      ['jobId = facts.get', 'await late()\n    jobId = facts.get'],
      ['async function upload(', 'let late = async (): Promise<unknown> => {}\nasync function upload('],
    ],
    cells: '^launching × process killed .reconcile, 7',
  },
  {
    name: 'uptime-not-looked-at',
    about: 'a boot since the launch is not noticed',
    file: `${restore}/observe-device.ts`,
    edits: [
      [
        'return uptimeMs < launch.uptimeMs || uptimeMs < launch.uptimeMs + elapsedMs - slackMs',
        'return false',
      ],
    ],
    cells: '^(settling × reboot|disarming × kill after the command) .reconcile, 7',
  },
  {
    name: 'deadline-too-short',
    about: 'the guard’s interval does not cover settle window and verification',
    file: `${restore}/push-budget.ts`,
    edits: [['importMs + input.settleWindowMs + verifyMs + marginMs', 'importMs + marginMs']],
    cells: '^(settling × drop|pushing × stall) .reconcile, 7',
  },
  {
    name: 'fence-not-checked',
    about: 'the lease is not asked for before an act, and its loss not listened to',
    file: 'core/src/lock/hold-lease.ts',
    edits: [
      [
        'if (lost.signal.aborted) throw new LeaseLostError({ deviceId })\n      await ports.locks.renew(scope, lease, leaseMs)',
        '',
      ],
      ['lost.abort(new LeaseLostError({ deviceId: lease.deviceId }, { cause: error }))', ''],
    ],
    cells: '^(launching|disarming|reverting) × (lease taken over|database away, 20 s) .reconcile, 7',
  },
  {
    name: 'disarmed-without-listing',
    about: 'the removal is believed without listing what is left',
    file: `${restore}/commit-push.ts`,
    edits: [['if (after.guardListed || !isUnbroken', 'if (!isUnbroken']],
    also: {
      file: `${restore}/disarm-guard.ts`,
      edits: [["if (facts.get('left') !== '0') {", 'if (facts === undefined) {']],
    },
    cells: '^disarming × removal without effect .reconcile, 7',
  },
  {
    name: 'missing-guard-taken-for-disarmed',
    about: 'a guard that is gone counts as disarmed whoever took it off',
    file: `${restore}/judge-evidence.ts`,
    edits: [['if (isSameBoot && isVerified && hasBegunDisarming(operation.state)) {', 'if (isVerified) {']],
    cells: '^disarming × (kill|reboot) after the command .reconcile, 7',
  },
  {
    name: 'plan-without-guard-check',
    about: 'the plan runs without looking for its guard',
    file: 'core/src/routeros/launch-script.ts',
    edits: [[':error "tod: no guard"', ':put "tod: no guard"']],
    cells: '^(armed|launching) × guard removed by somebody .reconcile, 7',
  },
  {
    name: 'settle-window-skipped',
    about: 'the device is verified at once',
    file: `${restore}/guarded-push.ts`,
    edits: [
      ['await ports.clock.sleep(settleWindowMs, { signal })', 'await ports.clock.sleep(0, { signal })'],
    ],
    cells: '^(pushing|settling) × power cut 30 s later .reconcile, 7',
  },
  {
    name: 'residual-ignored',
    about: 'what is left to do is not decided upon',
    file: `${restore}/judge-evidence.ts`,
    edits: [
      [
        "if (kind === 'success') return { act: 'decide-residual' }",
        "if (kind === 'success') return { act: 'commit' }",
      ],
    ],
    cells: '^(pushing|settling|verifying) × edited by somebody .reconcile, 7',
  },
  {
    name: 'guard-backup-skipped',
    about: 'the guard is armed without the backup that it loads',
    file: `${restore}/guarded-push.ts`,
    edits: [['await saveGuardBackup(', 'await (async (..._: unknown[]) => 0)(']],
    cells: '^(launching × fail-import|settling × reboot) .reconcile, 7',
  },
  {
    name: 'load-taken-for-return',
    about: 'the old configuration is reported once its load was asked for',
    file: `${restore}/conclude-push.ts`,
    edits: [
      [
        "await session.runLast(loadBackupCommand(names.backupName), { signal: actSignal(context) })\n  return { kind: 'again', pauseMs: loadPauseMs }",
        "await session.runLast(loadBackupCommand(names.backupName), { signal: actSignal(context) })\n  return { kind: 'ended', operation: await log.step('reverted', 'Loaded.', { open: false }) }",
      ],
    ],
    cells: '^reverting × (deny-permission|drop) .reconcile, 7',
  },
  {
    name: 'export-before-launch-skipped',
    about: 'the device is not looked at again before the launch',
    file: `${restore}/guarded-push.ts`,
    edits: [['await requireUnchanged(push)\n', '']],
    cells: '^(planned|armed) × edited by somebody .reconcile, 7',
  },
]
