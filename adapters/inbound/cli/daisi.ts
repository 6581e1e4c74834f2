#!/usr/bin/env node
import { Command } from 'commander'
import { companyCommands } from './company/company.ts'
import { demoCommand } from './demo.ts'
import { dlqCommands } from './dlq/dlq.ts'
import { doctorCommand } from './doctor.ts'
import { loadCommand } from './load/load.ts'
import { migrateCommand } from './migrate.ts'
import { provisionCommand } from './provision.ts'
import { rebuildCommand } from './rebuild/rebuild.ts'
import { startCommand } from './start.ts'
import { tokenCommand } from './token.ts'

/** The operator's face of the service (design 2); every npm script calls it. */
const daisi = new Command('daisi')
  .description('WhatsApp events of many companies: in over NATS, answers out over GraphQL')
  .showHelpAfterError('(run with --help to see what is possible)')
  .addCommand(startCommand())
  .addCommand(demoCommand())
  .addCommand(loadCommand())
  .addCommand(doctorCommand())
  .addCommand(migrateCommand())
  .addCommand(dlqCommands())
  .addCommand(companyCommands())
  .addCommand(rebuildCommand())
  .addCommand(provisionCommand())
  .addCommand(tokenCommand())

await daisi.parseAsync()
