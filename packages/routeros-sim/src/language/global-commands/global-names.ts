/** Names of the commands that exist in every menu; kept apart from what they do so that words can be resolved first. */
export const globalNames: ReadonlySet<string> = new Set(
  (
    'beep break continue convert delay deserialize do environment error execute find for foreach global if import jobname len local ' +
    'log nothing onerror parse pick put quit range redo resolve retry return rndnum rndstr serialize set time ' +
    'timestamp toarray tobool toid toip tonum tostr totime typeof undo while'
  ).split(' '),
)
