import type { Command } from 'commander'
import { createInterface } from 'node:readline/promises'
import { wrongUsage } from './command.ts'
import { Ended } from './session.ts'

/** Before acting on more than one event: a person says yes, a program has said `--yes`. */
export const confirm = async (question: string, count: number, yes: boolean, command: Command): Promise<void> => {
  if (yes || count <= 1) return
  if (!process.stdin.isTTY) return wrongUsage(command, `${count} events are meant: say --yes`)
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await lines.question(`${question} [y/N] `)
  lines.close()
  if (!/^y(es)?$/i.test(answer.trim())) throw new Ended('not_confirmed', 'Nothing was changed.')
}
