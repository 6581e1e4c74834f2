import { init, type EChartsCoreOption } from 'echarts'

const WIDTH = 1_000
const HEAD_HEIGHT = 90
const ROW_HEIGHT = 30

/** A chart of so many rows as SVG text; nothing moves, and nothing of this machine is in it. */
export const svgOf = (option: EChartsCoreOption, rows: number): string => {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEAD_HEIGHT + rows * ROW_HEIGHT })
  chart.setOption({ animation: false, backgroundColor: '#ffffff', ...option })
  const svg = chart.renderToSVGString()
  chart.dispose()
  return `${svg}\n`
}
