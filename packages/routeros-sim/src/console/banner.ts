/** The banner of a login, as v6 and v7 paint it. `year` is the router's. */
export function bannerText(version: string, year: number): string {
  const art = [
    '',
    '  MMM      MMM       KKK                          TTTTTTTTTTT      KKK',
    '  MMMM    MMMM       KKK                          TTTTTTTTTTT      KKK',
    '  MMM MMMM MMM  III  KKK  KKK  RRRRRR     OOOOOO      TTT     III  KKK  KKK',
    '  MMM  MM  MMM  III  KKKKK     RRR  RRR  OOO  OOO     TTT     III  KKKKK',
    '  MMM      MMM  III  KKK KKK   RRRRRR    OOO  OOO     TTT     III  KKK KKK',
    '  MMM      MMM  III  KKK  KKK  RRR  RRR   OOOOOO      TTT     III  KKK  KKK',
    '',
  ]
  const isV6 = Number.parseInt(version, 10) < 7
  const owner = `  MikroTik RouterOS ${version} (c) 1999-${Math.max(year, 2015)}       ${isV6 ? 'http://www.mikrotik.com/' : 'https://www.mikrotik.com/'}`
  const help = isV6
    ? [
        '',
        '[?]             Gives the list of available commands',
        'command [?]     Gives help on the command and list of arguments',
        '',
        '[Tab]           Completes the command/word. If the input is ambiguous,',
        '                a second [Tab] gives possible options',
        '',
        '/               Move up to base level',
        '..              Move up one level',
        '/command        Use command at the base level',
      ]
    : ['', 'Press F1 for help', '']
  return `${[...art, owner, ...help].join('\n')}\n`
}
