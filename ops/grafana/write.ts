import { writeFileSync } from 'node:fs'
import { dashboardFiles } from './dashboards.ts'

for (const [name, content] of dashboardFiles()) writeFileSync(new URL(name, import.meta.url), content)
