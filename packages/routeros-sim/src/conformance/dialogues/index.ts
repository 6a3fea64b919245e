import type { Dialogue } from '../dialogue.js'
import { consoleDialogues } from './console-dialogues.js'
import { multiLineAnswers } from './multi-line-answers.js'
import { oneLineAnswers } from './one-line-answers.js'

/** The annex of dialogues, in its order. */
export const dialogues: readonly Dialogue[] = [...oneLineAnswers, ...multiLineAnswers, ...consoleDialogues]
