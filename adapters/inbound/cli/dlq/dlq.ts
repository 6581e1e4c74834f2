import type { Command } from 'commander'
import { auditCommand } from './audit.ts'
import { dlqCommand } from './command.ts'
import { discardCommand } from './discard.ts'
import { editCommand } from './edit.ts'
import { jobsCommand } from './jobs.ts'
import { listCommand } from './list.ts'
import { replayCommand } from './replay.ts'
import { showCommand } from './show.ts'

const EXAMPLES = `
Examples:
  daisi dlq list --grouped                                   what fails, and how often
  daisi dlq show 17 --body                                   one event, its attempts and its body
  daisi dlq replay --company ACME --fingerprint 1f0c… --dry-run   what a replay would change
  daisi dlq replay --company ACME --reason handler_error --per-second 50 --yes
  daisi dlq discard 17 --note 'sent twice by mistake'`

/** `daisi dlq`: events that could not be applied, for operators (design 8). */
export const dlqCommands = (): Command => dlqCommand('dlq', 'look at events that could not be applied; edit, replay, discard them')
  .addHelpText('after', EXAMPLES)
  .addCommand(listCommand()).addCommand(showCommand()).addCommand(editCommand()).addCommand(replayCommand()).addCommand(discardCommand())
  .addCommand(jobsCommand()).addCommand(auditCommand())
