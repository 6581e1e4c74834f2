import type { Progress } from '../../../application/ports/read-model-store.ts'
import type { ProjectionName, ReadModels } from '../../../application/projections/read-models.ts'
import type { CompanyId } from '../../../domain/company.ts'

/** What the memory finders need of the store that the projections write to. */
export interface ReadableStore {
  /** All rows, by `keyOf`. */
  readonly rowsOf: <N extends ProjectionName>(name: N) => ReadonlyMap<string, ReadModels[N]>
  /** Undefined before the first step. */
  readonly progressOf: (name: ProjectionName) => Progress | undefined
}

/** A company's rows, and of which agents; absent: of all and of none. */
export interface Visible { readonly companyId: CompanyId; readonly agents?: ReadonlyArray<string> }

const isVisible = (view: { readonly agentId?: string } | undefined, agents: ReadonlyArray<string> | undefined): boolean =>
  agents === undefined || (view?.agentId !== undefined && agents.includes(view.agentId))

/** One projection's rows that a reader may see, turned into what it sees; undefined hides a row. */
export const viewsOf = <N extends ProjectionName, View extends { readonly agentId?: string }>(
  store: ReadableStore, name: N, { companyId, agents }: Visible, toView: (id: string, row: ReadModels[N]) => View | undefined,
): ReadonlyArray<View> => {
  const prefix = `${companyId} `
  const views: View[] = []
  for (const [key, row] of store.rowsOf(name)) {
    const view = key.startsWith(prefix) ? toView(key.slice(prefix.length), row) : undefined
    if (view !== undefined && isVisible(view, agents)) views.push(view)
  }
  return views
}

export const keyedBy = <View>(
  views: ReadonlyArray<View>, keyOf: (view: View) => string, keys: ReadonlyArray<string>,
): ReadonlyMap<string, View> => {
  const wanted = new Set(keys)
  return new Map(views.filter((view) => wanted.has(keyOf(view))).map((view) => [keyOf(view), view]))
}
