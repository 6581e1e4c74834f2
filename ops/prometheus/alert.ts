/** Series by minute, in promtool's notation (`1+0x30`), from the time 0. */
export type Series = Readonly<Record<string, string>>

/** An alert, and what shows that it speaks when it should and else is silent: promtool evaluates both. */
export interface Alert {
  readonly name: string
  readonly expr: string
  readonly for: string
  /** `page`: wake somebody. `ticket`: look on the next working day. */
  readonly severity: 'page' | 'ticket'
  /** One sentence; `{{ $labels.x }}` is a label of the alert. */
  readonly summary: string
  /** Labels beside the severity that `fires` leads to. */
  readonly labels?: Readonly<Record<string, string>>
  readonly fires: { readonly at: string; readonly series: Series }
  readonly quiet: { readonly at: string; readonly series: Series }
}

/** An alert that looks at one gauge: it fires at a lasting value beyond the bound, and is quiet at one below. */
export const whileAbove = (
  { bound, metric, labels = {}, ...alert }: Omit<Alert, 'expr' | 'fires' | 'quiet'>
    & { readonly metric: string; readonly bound: number },
): Alert => {
  const by = Object.keys(labels)
  const selector = Object.entries(labels).map(([name, value]) => `${name}="${value}"`).join(', ')
  const [bare = metric, fixed = ''] = metric.split('{')
  const inside = [fixed.replace('}', ''), selector].filter((part) => part !== '').join(', ')
  const series = `${bare}${inside === '' ? '' : `{${inside}}`}`
  return { ...alert, labels, expr: `max${by.length > 0 ? ` by (${by.join(', ')})` : ''} (${metric}) > ${bound}`,
    fires: { at: '40m', series: { [series]: `${bound * 2 + 1}x60` } }, quiet: { at: '40m', series: { [series]: `${bound}x60` } } }
}
