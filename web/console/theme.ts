import type { ThemeConfig } from 'antd';

/**
 * Calm and dense, at home among government consoles: ink blue for what can be pressed, the party's red only for the mark,
 * the stars and what is late, greys for the rest. Every pair of text and ground reaches 4.5 : 1; antd's own greys do not.
 */
export const theme: ThemeConfig = {
  cssVar: { key: 'wuxing' },
  hashed: false,
  token: {
    colorPrimary: '#1d5fa8',
    colorLink: '#1d5fa8',
    colorInfo: '#1d5fa8',
    colorSuccess: '#1d6b34',
    colorWarning: '#8a5200',
    colorError: '#a8171d',
    colorText: '#1f2933',
    colorTextSecondary: '#48525e',
    colorTextTertiary: '#5c6470',
    colorTextQuaternary: '#5c6470',
    colorTextPlaceholder: '#646d79',
    colorTextDescription: '#5c6470',
    colorTextDisabled: '#646d79',
    colorBorder: '#b4bdc8',
    colorBorderSecondary: '#dde2e8',
    colorBgLayout: '#f3f5f7',
    colorBgContainerDisabled: '#eef1f4',
    colorSuccessBg: '#eef8f0',
    colorWarningBg: '#fff7e6',
    colorErrorBg: '#fdf0ef',
    colorInfoBg: '#e9f1fa',
    borderRadius: 4,
    fontSize: 14,
    fontFamily: 'var(--font)',
    // Told here and not by a style sheet: a menu whose movement is cut off by force never finds its place on the screen.
    motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
    controlOutlineWidth: 3,
  },
  components: {
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    Segmented: { trackBg: '#dde3ea', itemColor: '#3c4651', itemSelectedColor: '#1f2933' },
    Form: { itemMarginBottom: 16, labelColor: '#48525e' },
    Tabs: { horizontalItemPadding: '8px 0', horizontalMargin: '0 0 12px' },
    Descriptions: { labelBg: '#f3f5f7' },
  },
};
