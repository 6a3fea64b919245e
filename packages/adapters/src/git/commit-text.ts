import { isTrigger, type RevisionTrailers } from '@tod/core'

/** What a commit of ours says. */
export interface CommitText {
  readonly deviceId: string
  readonly tree: string
  readonly parent: string | null
  readonly subject: string
  readonly trailers: RevisionTrailers
  /** UTC, ms since 1970. */
  readonly createdAt: number
}

const author = 'tod <tod@localhost>'

/** The bytes of a commit object. */
export function formatCommit(commit: CommitText): Buffer {
  const when = `${author} ${Math.floor(commit.createdAt / 1000)} +0000`
  const { trailers } = commit
  const lines = [
    `tree ${commit.tree}`,
    ...(commit.parent === null ? [] : [`parent ${commit.parent}`]),
    `author ${when}`,
    `committer ${when}`,
    '',
    oneLine(commit.subject),
    '',
    `Tod-Device: ${commit.deviceId}`,
    `Tod-Run: ${oneLine(trailers.runId)}`,
    `Tod-Trigger: ${trailers.trigger}`,
    `Tod-Tier: ${trailers.tier ?? 'none'}`,
    `Tod-Key-Version: ${trailers.keyVersion}`,
    `Tod-Export-Digest: ${oneLine(trailers.exportDigest)}`,
    ...(trailers.binaryDigest === null ? [] : [`Tod-Binary-Digest: ${oneLine(trailers.binaryDigest)}`]),
    '',
  ]
  return Buffer.from(lines.join('\n'))
}

/** What the trailers of a message say; undefined when they are not ours or not whole. */
export function parseTrailers(
  message: string,
): { readonly deviceId: string; readonly trailers: RevisionTrailers } | undefined {
  const values = new Map<string, string>()
  for (const line of message.split('\n')) {
    const match = /^Tod-([A-Za-z-]+): (.*)$/.exec(line)
    if (match?.[1] !== undefined && match[2] !== undefined) values.set(match[1], match[2])
  }
  const deviceId = values.get('Device')
  const runId = values.get('Run')
  const trigger = values.get('Trigger')
  const exportDigest = values.get('Export-Digest')
  const tier = parseTier(values.get('Tier'))
  const keyVersion = Number(values.get('Key-Version') ?? Number.NaN)
  if (deviceId === undefined || runId === undefined || trigger === undefined || exportDigest === undefined) {
    return undefined
  }
  if (!isTrigger(trigger) || tier === undefined || !Number.isSafeInteger(keyVersion)) return undefined
  const binaryDigest = values.get('Binary-Digest') ?? null
  return { deviceId, trailers: { runId, trigger, tier, keyVersion, exportDigest, binaryDigest } }
}

/** The first line of a message. */
export function subjectOf(message: string): string {
  return message.split('\n', 1)[0] ?? ''
}

function parseTier(text: string | undefined): RevisionTrailers['tier'] | undefined {
  if (text === 'none') return null
  return text === '1' ? 1 : text === '2' ? 2 : undefined
}

/** Keeps a value from adding lines to the message. */
function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim()
}
