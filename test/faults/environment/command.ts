import { spawnSync } from 'node:child_process'

/** What a program of the system said; `status` 0 when it did what it was asked. */
export interface Said { readonly isDone: boolean; readonly text: string }

/** Runs a program to its end; a missing one is a failure with words. */
export const ask = (program: string, ...args: ReadonlyArray<string>): Said => {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' })
  return { isDone: status === 0, text: error?.message ?? `${stdout}${stderr}`.trim() }
}

/** As `ask`, where it has to be done. @throws with what the program said. */
export const command = (program: string, ...args: ReadonlyArray<string>): string => {
  const { isDone, text } = ask(program, ...args)
  if (!isDone) throw new Error(`${program} ${args.join(' ')}: ${text}`)
  return text
}
