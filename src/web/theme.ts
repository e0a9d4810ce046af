import type { ThemeConfig } from 'antd'

/** The palette, light and dark: the one place where a colour is written. Everything else names a token, as `var(--ink)` or through antd's theme. */

export type Scheme = 'light' | 'dark'

const light = {
  paper: '#f6f5f2',
  surface: '#ffffff',
  rail: '#fbfaf8',
  ink: '#1d2129',
  'ink-2': '#59606b',
  'ink-3': '#686f79',
  line: '#e6e4df',
  'line-2': '#f0eeea',
  edge: '#8f9399',
  accent: '#24506e',
  'accent-soft': '#e8eff4',
  'accent-line': '#b9cddb',
  fill: '#24506e',
  'on-fill': '#ffffff',
  green: '#2f7d5b',
  'green-ink': '#246849',
  'green-soft': '#e4f1ea',
  yellow: '#b97a00',
  'yellow-ink': '#805300',
  'yellow-soft': '#fbf1dc',
  red: '#c0352b',
  'red-ink': '#b02c23',
  'red-soft': '#fae7e4',
  grey: '#7d848c',
  'grey-ink': '#5c636c',
  'grey-soft': '#eeeeec',
  band: '#2b2a33',
  'band-ink': '#ffffff',
  'band-ink-2': '#c9c7d4',
  veil: 'rgb(29 33 41 / 0.38)',
}

export type Token = keyof typeof light

const dark: Record<Token, string> = {
  paper: '#15171a',
  surface: '#1d2024',
  rail: '#191b1f',
  ink: '#e9e6df',
  'ink-2': '#b4b8be',
  'ink-3': '#989da5',
  line: '#34373d',
  'line-2': '#292c31',
  edge: '#7a8089',
  accent: '#93bfdc',
  'accent-soft': '#21313d',
  'accent-line': '#3c5a6f',
  fill: '#2f6587',
  'on-fill': '#ffffff',
  green: '#58b089',
  'green-ink': '#84cfab',
  'green-soft': '#1b3127',
  yellow: '#d79b2c',
  'yellow-ink': '#e5b862',
  'yellow-soft': '#372c15',
  red: '#e8685c',
  'red-ink': '#f39a91',
  'red-soft': '#41211f',
  grey: '#8b9199',
  'grey-ink': '#b0b5bc',
  'grey-soft': '#2b2e33',
  band: '#3a3250',
  'band-ink': '#ffffff',
  'band-ink-2': '#d5cfe6',
  veil: 'rgb(0 0 0 / 0.56)',
}

export const palette: Record<Scheme, Record<Token, string>> = { light, dark }

const serif = '"Noto Serif SC","Noto Serif CJK SC","Source Han Serif SC","Songti SC","SimSun",serif'
const sans = '"Noto Sans SC","Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif'

/** Sets the tokens on the page as custom properties; through the object model, so that no security policy stands in the way. */
export function applyTheme(scheme: Scheme): void {
  const { style, dataset } = document.documentElement
  for (const [name, value] of Object.entries(palette[scheme])) style.setProperty(`--${name}`, value)
  style.setProperty('--serif', serif)
  style.setProperty('--sans', sans)
  style.colorScheme = scheme
  dataset.scheme = scheme
}

/** The style sheet that prints in the light palette whatever the screen shows: paper is white, and tokens set on the element yield only to `!important`. */
export const printTheme = (): string =>
  `@media print { :root { color-scheme: light !important; ${Object.entries(light)
    .map(([name, value]) => `--${name}: ${value} !important;`)
    .join(' ')} } }`

/** The same tokens for antd; `dark` is its algorithm for dark pages, handed in so that this file needs no antd at run time. */
export function antdTheme(scheme: Scheme, dark: ThemeConfig['algorithm']): ThemeConfig {
  const c = palette[scheme]
  return {
    ...(scheme === 'dark' ? { algorithm: dark } : {}),
    token: {
      colorPrimary: c.fill,
      colorLink: c.accent,
      colorSuccess: c.green,
      colorWarning: c.yellow,
      colorError: c.red,
      colorText: c.ink,
      colorTextSecondary: c['ink-2'],
      colorTextTertiary: c['ink-3'],
      colorTextDescription: c['ink-3'],
      colorTextPlaceholder: c['ink-3'],
      colorBgLayout: c.paper,
      colorBgBase: c.surface,
      colorBgContainer: c.surface,
      colorBgElevated: c.surface,
      colorBorder: c.line,
      colorBorderSecondary: c['line-2'],
      borderRadius: 8,
      borderRadiusLG: 12,
      borderRadiusSM: 6,
      fontFamily: sans,
      fontSize: 14,
      controlHeight: 34,
      controlHeightSM: 28,
      wireframe: false,
      boxShadow: 'none',
      boxShadowSecondary: `0 6px 24px ${scheme === 'dark' ? 'rgb(0 0 0 / 0.5)' : 'rgb(29 33 41 / 0.10)'}`,
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 400 },
      Input: { activeShadow: `0 0 0 3px ${c['accent-soft']}` },
      Tabs: { titleFontSize: 14 },
      Table: { headerBg: c.rail, headerColor: c['ink-2'], rowHoverBg: c['line-2'] },
    },
  }
}
