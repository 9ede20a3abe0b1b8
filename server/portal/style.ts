/** The look of the pages for everyone: one style in the page, so that a first visit is one answer. */
export const style = `:root {
  --ink: #1f2933; --line: #dde2e8; --line-strong: #b4bdc8; --blue: #1d5fa8; --blue-soft: #e9f1fa; --red: #a8171d;
  --red-soft: #fdf0ef; --amber-soft: #fff7e6;
  --font-serif: 'Noto Serif CJK SC', 'Source Han Serif SC', 'SimSun', serif;
}
* { box-sizing: border-box; }
body {
  margin: 0; color: var(--ink); overflow-wrap: anywhere;
  font-family: 'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei',
    'WenQuanYi Micro Hei', sans-serif, 'SimSun-ExtB';
}
ul { margin: 0; padding: 0; list-style: none; }
a { color: var(--blue); }
:focus-visible { outline: 3px solid #f0a020; outline-offset: 2px; }
.skip { position: absolute; left: -999em; }
.skip:focus { left: 8px; top: 8px; padding: 8px 16px; background: #fff; }
nav { display: flex; flex-wrap: wrap; gap: 0 24px; }
nav a, .tools a { display: inline-flex; min-height: 44px; align-items: center; }
nav a[aria-current] { color: var(--ink); font-weight: 700; text-decoration: none; box-shadow: inset 0 -3px var(--red); }
nav strong { align-self: center; }
th { white-space: nowrap; }
.tools { display: flex; flex-wrap: wrap; gap: 0 20px; }
.langs { display: inline-flex; align-items: stretch; border: 1px solid var(--line-strong); border-radius: 4px; }
.langs > * { display: inline-flex; align-items: center; min-height: 44px; padding: 0 12px; }
.langs strong { background: var(--blue-soft); }
.receipt { font-size: 1.5em; font-weight: 700; letter-spacing: 0.04em; }
.fault { color: var(--red); }
.level { white-space: nowrap; font-weight: 700; }
html {
  background: #fff;
  font-size: 18px;
  line-height: 1.7;
}

html.large {
  font-size: 26px;
}

header {
  border-top: 6px solid var(--red);
  border-bottom: 1px solid var(--line);
}

header > div,
main,
footer {
  max-width: 920px;
  margin: 0 auto;
  padding: 12px 20px;
}

header > div {
  display: flex;
  flex-wrap: wrap;
  gap: 8px 20px;
  align-items: center;
  justify-content: space-between;
}

header a,
header button {
  min-height: 44px;
  display: inline-flex;
  align-items: center;
}

h1 {
  font-size: 1.5em;
  margin: 16px 0 4px;
}

h2 {
  font-size: 1.2em;
  margin: 28px 0 8px;
}

table {
  width: 100%;
  border-collapse: collapse;
}

th,
td {
  border: 1px solid var(--line-strong);
  padding: 8px 10px;
  text-align: start;
  vertical-align: top;
}

th {
  background: #f3f5f7;
}

.field {
  display: grid;
  gap: 4px;
  margin: 14px 0;
}

input,
select,
textarea {
  font: inherit;
  padding: 8px 12px;
  min-height: 48px;
  border: 1px solid #6b7380;
  border-radius: 4px;
  background: #fff;
  color: inherit;
  width: 100%;
}

.do {
  font: inherit;
  min-height: 48px;
  padding: 8px 28px;
  border: 0;
  border-radius: 4px;
  background: var(--blue);
  color: #fff;
  cursor: pointer;
}

.plain {
  font: inherit;
  border: 0;
  padding: 0;
  background: none;
  color: var(--blue);
  text-decoration: underline;
  cursor: pointer;
}

.note {
  padding: 10px 16px;
  margin: 12px 0;
  border-inline-start: 4px solid var(--blue);
  background: var(--blue-soft);
}

.note.bad {
  border-color: var(--red);
  background: var(--red-soft);
}

.note.warn {
  border-color: #b36b00;
  background: var(--amber-soft);
}

@media (max-width: 600px) {
  table.stacked thead {
    position: absolute;
    clip-path: inset(50%);
    width: 1px;
    height: 1px;
    overflow: hidden;
  }

  table.stacked,
  table.stacked tbody,
  table.stacked tr,
  table.stacked td {
    display: block;
  }

  table.stacked tr {
    border: 1px solid var(--line-strong);
    margin-bottom: 10px;
    padding: 6px 10px;
  }

  table.stacked td {
    border: 0;
    padding: 2px 0;
  }
}

/* The certificate: A4 across, red and gold, in a serif face. */
.certificate {
  position: relative;
  width: min(100%, 960px);
  aspect-ratio: 297 / 210;
  margin: 16px auto;
  padding: 5.5% 8%;
  display: grid;
  align-content: space-between;
  justify-items: center;
  text-align: center;
  font-family: var(--font-serif);
  color: #3b1210;
  background: #fffdf6;
  border: 10px double #b98a2f;
  outline: 3px solid #a8171d;
  outline-offset: -22px;
  font-size: clamp(11px, 1.9vw, 19px);
  line-height: 1.7;
}

.certificate h1 {
  font-size: 2.3em;
  letter-spacing: 0.3em;
  text-indent: 0.3em;
  color: #a8171d;
  margin: 0;
}

.certificate .whom {
  font-size: 1.6em;
  font-weight: 700;
}

.certificate .what {
  font-size: 2em;
  font-weight: 700;
  color: #a8171d;
  letter-spacing: 0.1em;
}

.certificate .foot {
  width: 100%;
  display: flex;
  justify-content: space-between;
  align-items: flex-end;
  gap: 16px;
  text-align: start;
}

.certificate svg {
  width: 5.2em;
  height: 5.2em;
}

.certificate .stamp {
  position: absolute;
  inset: 46% auto auto 50%;
  transform: translate(-50%, -50%) rotate(-18deg);
  padding: 4px 24px;
  border: 3px solid currentColor;
  color: #a8171d;
  opacity: 0.28;
  font-size: 1.5em;
  white-space: nowrap;
}

@media print {
  header,
  footer,
  .no-print {
    display: none;
  }

  @page {
    margin: 12mm;
  }

  .certificate {
    margin: 0;
    width: 100%;
    font-size: 17px;
    print-color-adjust: exact;
  }
}
`;
