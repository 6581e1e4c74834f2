import { api } from './api.ts'
import { dashboardJson } from './dashboard.ts'
import { failures } from './failures.ts'
import { ingest } from './ingest.ts'
import { overview } from './overview.ts'
import { projections } from './projections.ts'

/** File name and content of each dashboard. */
export const dashboardFiles = (): ReadonlyMap<string, string> =>
  new Map([overview, ingest, failures, projections, api].map((dashboard) => [`${dashboard.name}.json`, dashboardJson(dashboard)]))
