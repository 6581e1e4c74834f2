import { Argument, Command } from 'commander'
import { runEverything } from '../../main/everything.ts'
import { orRefuse } from '../../main/refusal.ts'
import { roles, startRole, type Role } from '../../main/roles.ts'
import { runUntilStopped } from '../../main/shutdown.ts'
import { usesOf } from '../../main/uses.ts'
import { settingsOrExit } from './read-settings.ts'

const EXAMPLES = `
Examples:
  daisi start           everything on this machine
  daisi start ingest    the write side
  daisi start serve     the GraphQL API`

/** `daisi start`: all in one; `daisi start ingest|project|serve`: one process of the service. */
export const startCommand = (): Command => new Command('start')
  .description('run the service; without a role all of it, with embedded servers for each URL that is not set')
  .addArgument(new Argument('[role]', 'run this process only; it needs DATABASE_URL, ingest NATS_URL too').choices(Object.keys(roles)))
  .addHelpText('after', EXAMPLES)
  .action(async (role: Role | undefined) => {
    const settings = role === undefined ? settingsOrExit() : settingsOrExit(usesOf[role])
    await runUntilStopped(orRefuse(role === undefined ? runEverything(settings, process.stderr) : startRole(role, settings)))
  })
