/** Whether every character of a text is below 128. */
function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false
  return true
}

/**
 * A text as a byte string: its UTF-8 bytes, one character (0-255) each. A lone surrogate becomes the three
 * bytes it would have, so that nothing is lost and nothing throws.
 */
export function toByteString(text: string): string {
  if (isAscii(text)) return text
  let bytes = ''
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code < 0x80) bytes += character
    else if (code < 0x800) bytes += String.fromCharCode(0xc0 | (code >> 6), 0x80 | (code & 63))
    else if (code < 0x10000) {
      bytes += String.fromCharCode(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
    } else {
      bytes += String.fromCharCode(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      )
    }
  }
  return bytes
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A byte string as text for people: decoded as UTF-8 when it is valid, else one character per byte. */
export function displayText(bytes: string): string {
  if (isAscii(bytes)) return bytes
  try {
    return utf8.decode(byteStringToBytes(bytes))
  } catch {
    return bytes
  }
}

/** The bytes of a byte string; characters above 255 lose their upper bits, so pass byte strings only. */
export function byteStringToBytes(byteString: string): Uint8Array {
  const bytes = new Uint8Array(byteString.length)
  for (let i = 0; i < byteString.length; i++) bytes[i] = byteString.charCodeAt(i)
  return bytes
}

const chunkBytes = 8192

/** Bytes as a byte string, one character each. */
export function bytesToByteString(bytes: Uint8Array): string {
  let isPlain = true
  for (let i = 0; i < bytes.length; i++) {
    if ((bytes[i] ?? 0) > 127) {
      isPlain = false
      break
    }
  }
  if (isPlain) return utf8.decode(bytes)
  const chunks: string[] = []
  for (let i = 0; i < bytes.length; i += chunkBytes) {
    chunks.push(String.fromCharCode(...bytes.subarray(i, i + chunkBytes)))
  }
  return chunks.join('')
}
