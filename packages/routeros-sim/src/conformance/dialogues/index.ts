import type { Dialogue } from '../dialogue.js'
import { commandAnswers } from './command-answers.js'
import { consoleDialogues } from './console-dialogues.js'
import { fileAnswers } from './file-answers.js'
import { multiLineAnswers } from './multi-line-answers.js'

/** The annex of dialogues, in its order. */
export const dialogues: readonly Dialogue[] = [
  ...fileAnswers,
  ...commandAnswers,
  ...multiLineAnswers,
  ...consoleDialogues,
]
