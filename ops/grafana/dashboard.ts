/** Grafana's names of units: https://grafana.com/docs/grafana/latest/panels-visualizations/configure-standard-options/#unit */
type Unit = 's' | 'short' | 'bytes' | 'percentunit' | 'cps' | 'bool_on_off'

/** One query: PromQL, and the legend of its series. */
export type Query = readonly [expr: string, legend: string]

export interface Panel {
  readonly title: string
  readonly unit: Unit
  readonly queries: ReadonlyArray<Query>
  readonly kind?: 'stat' | 'timeseries'
}
export interface Row { readonly title: string; readonly panels: ReadonlyArray<Panel> }
/** A dashboard is rows of panels; where each lies follows from its order. */
export interface Dashboard { readonly name: string; readonly title: string; readonly rows: ReadonlyArray<Row> }

const COLUMNS = 24
const [STAT_HEIGHT, GRAPH_HEIGHT] = [4, 8]
const MOST_IN_A_LINE = 4
const DATASOURCE = { type: 'prometheus', uid: '${datasource}' }

const optionsOf = (kind: string): object => (kind === 'stat'
  ? { reduceOptions: { calcs: ['lastNotNull'] }, colorMode: 'none', graphMode: 'area' }
  : { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi', sort: 'desc' } })

const panelOf = ({ title, unit, queries, kind = 'timeseries' }: Panel, id: number, gridPos: object): object => ({
  id, type: kind, title, datasource: DATASOURCE, gridPos, options: optionsOf(kind),
  fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
  targets: queries.map(([expr, legendFormat], i) => ({ refId: String.fromCharCode(65 + i), datasource: DATASOURCE, expr, legendFormat })),
})

/** Side by side, at most four in a line. */
const laidOut = (panels: ReadonlyArray<Panel>, y: number, firstId: number) => {
  const width = Math.floor(COLUMNS / Math.min(Math.max(panels.length, 1), MOST_IN_A_LINE))
  const height = panels.every(({ kind }) => kind === 'stat') ? STAT_HEIGHT : GRAPH_HEIGHT
  const placed = panels.map((panel, i) => panelOf(panel, firstId + i, { x: (i % MOST_IN_A_LINE) * width,
    y: y + Math.floor(i / MOST_IN_A_LINE) * height, w: width, h: height }))
  return { placed, height: Math.ceil(panels.length / MOST_IN_A_LINE) * height }
}

const panelsOf = (rows: ReadonlyArray<Row>): ReadonlyArray<object> => {
  const all: object[] = []
  let y = 0
  for (const { title, panels } of rows) {
    all.push({ id: all.length + 1, type: 'row', title, collapsed: false, gridPos: { x: 0, y, w: COLUMNS, h: 1 }, panels: [] })
    const { placed, height } = laidOut(panels, y + 1, all.length + 1)
    all.push(...placed)
    y += 1 + height
  }
  return all
}

/** What Grafana imports, or finds in a provisioned folder. */
export const dashboardJson = ({ name, title, rows }: Dashboard): string => `${JSON.stringify({
  uid: `daisi-${name}`, title: `Daisi: ${title}`, tags: ['daisi'], schemaVersion: 39, version: 1, editable: true, refresh: '10s',
  time: { from: 'now-1h', to: 'now' }, timezone: 'utc',
  templating: { list: [{ name: 'datasource', label: 'Prometheus', type: 'datasource', query: 'prometheus' }] },
  links: [{ title: 'Daisi', type: 'dashboards', tags: ['daisi'], asDropdown: true, keepTime: true }],
  panels: panelsOf(rows),
}, undefined, 2)}\n`

/** PromQL of a quantile, of all processes together. */
export const quantile = (q: number, histogram: string, by: ReadonlyArray<string> = []): string =>
  `histogram_quantile(${q}, sum by (${['le', ...by].join(', ')}) (rate(${histogram}_bucket[$__rate_interval])))`

/** PromQL of the 99th percentile of operations on PostgreSQL whose names match. */
export const operationSeconds = (pattern: string): string => 'histogram_quantile(0.99, sum by (le, operation) ' +
  `(rate(daisi_database_seconds_bucket{operation=~"${pattern}"}[$__rate_interval])))`

/** PromQL of the share that `part`, a selector, has of a counter. */
export const share = (counter: string, part: string): string =>
  `sum(rate(${counter}{${part}}[$__rate_interval])) / sum(rate(${counter}[$__rate_interval]))`

/** PromQL of a counter's events a second, of all processes together. */
export const rate = (counter: string, by: ReadonlyArray<string> = []): string =>
  `sum by (${by.join(', ')}) (rate(${counter}[$__rate_interval]))`
