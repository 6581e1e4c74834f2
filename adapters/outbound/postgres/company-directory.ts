import type { MikroORM } from '@mikro-orm/postgresql'
import type { CompanyDirectory } from '../../../application/ports/company-directory.ts'
import { visibleCompanies } from './company-rows.ts'
import { looking, type OperatorScope } from './operator-scope.ts'

export const postgresCompanyDirectory = (orm: MikroORM, scope: OperatorScope): CompanyDirectory =>
  ({ all: () => looking(orm, scope, visibleCompanies) })
