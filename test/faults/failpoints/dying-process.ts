import { startIngestProcess } from '../../../adapters/main/ingest.ts'
import { startProjectProcess } from '../../../adapters/main/project.ts'
import { readSettings } from '../../../adapters/main/settings.ts'
import { runUntilStopped } from '../../../adapters/main/shutdown.ts'
import { rightOf } from '../../support/right-of.ts'
import { dyingIngest, dyingProject } from './between-ports.ts'
import { failpointOfProcess } from './failpoint.ts'

/** A program, called like `daisi start ingest|project`: the real process, but that it fails at one boundary (`FAILPOINT`). */
const settings = await rightOf(async () => readSettings(process.env))
const point = failpointOfProcess()
await runUntilStopped(process.argv.includes('project')
  ? await startProjectProcess(settings, dyingProject(point))
  : await startIngestProcess(settings, dyingIngest(point)))
