import type { BadInput } from './row.ts'
import { SIZE_ROWS } from './size-rows.ts'
import { SYNTAX_ROWS, SYNTAX_UPDATE_ROWS } from './syntax-rows.ts'
import { TEXT_ROWS } from './text-rows.ts'
import { COMPANY_ROWS, TIME_ROWS } from './time-rows.ts'
import { NUMBER_ROWS, TYPE_ROWS } from './type-rows.ts'

/** The rows of bad inputs 1 to 5 that are one event each, as data: for the decoder alone and for the whole pipeline. */
export const BAD_EVENTS: ReadonlyArray<BadInput> = [
  ...SYNTAX_ROWS, ...SYNTAX_UPDATE_ROWS, ...TEXT_ROWS, ...NUMBER_ROWS, ...TYPE_ROWS, ...TIME_ROWS, ...COMPANY_ROWS, ...SIZE_ROWS,
]
