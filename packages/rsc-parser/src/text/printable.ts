/**
 * Text on one line that a terminal shows as it is: control characters, those above 127 included, are written as
 * RouterOS escapes them. Names and comments come from outside: none may clear a screen or color it.
 */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (character) => {
    const code = character.charCodeAt(0)
    return { 9: '\\t', 10: '\\n', 13: '\\r' }[code] ?? `\\${code.toString(16).toUpperCase().padStart(2, '0')}`
  })
}
