import type { SourceRange } from '../text/source-range.js'

/**
 * Secrets that stand in running text: in URLs, request headers, JSON, keys in PEM. Each has the secret in its first
 * group, and begins at fixed characters, so that a search takes linear time whatever the text.
 */
const patterns: readonly RegExp[] = [
  // password=secret in a command that is commented out or put together as text
  /(?:password|passphrase|secret|token)=(?:\\?")?(?!(?:yes|no|true|false)\b)([^\s"'\\$;()[\]{}<>&]+)/dgi,
  // https://user:secret@host
  /(?<=:\/\/)[^\s:@/?#"'\\$]+:([^\s@/"'\\$]+)@/dg,
  // ...?token=secret&...
  /[?&](?:passwd|pass|pwd|api[-_]?key|access[-_]?key)=([^&\s"'\\$;]+)/dgi,
  // Authorization: Bearer secret
  /\bauthorization:[ \t]*(?:(?:bearer|basic|token|apikey)[ \t]+)?(?!(?:bearer|basic|token|apikey)\b)([^\s"'\\$,;]{4,})/dgi,
  // https://api.telegram.org/bot123456:secret/sendMessage
  /\bbot(\d{6,20}:[\w-]{20,})/dg,
  // {"password": "secret"} and {"password"="secret"}
  /"(?:password|passwd|passphrase|secret|token|api[-_]?key)\\?"[ \t]*[:=][ \t]*\\?"([^"\\$]+)/dgi,
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----([^-]{1,20000})-----END/dg,
]

/** Where secrets stand in a text, in no order. */
export function secretRangesIn(text: string): readonly SourceRange[] {
  // Most texts are short values of properties.
  if (text.length < 8 || !/[=:]|-----/.test(text)) return []
  const found: SourceRange[] = []
  for (const pattern of patterns) {
    for (const { indices } of text.matchAll(pattern)) {
      const [start, end] = indices?.[1] ?? [0, 0]
      if (end > start) found.push({ start, end })
    }
  }
  return found
}
