/** The colours and controls of all of our own pages, by day and by night. */
export const commonStyle = `
:root { --line: light-dark(#e3e3e8, #33353c); --soft: light-dark(#63646c, #a4a6b0); --ground: light-dark(#fff, #17181c);
  --raised: light-dark(#f6f6f9, #202228); --accent: light-dark(#4c3fd1, #a8a0ff); --bad: light-dark(#b3261e, #ff8a80) }
* { box-sizing: border-box }
[hidden] { display: none !important }
body { margin: 0; background: var(--ground); color: light-dark(#1b1c20, #ececf0); font: 15px/1.45 system-ui, sans-serif }
a { color: var(--accent) }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px }
input, button, select { font: inherit; color: inherit; padding: .3rem .7rem; border: 1px solid var(--line);
  border-radius: 6px; background: var(--raised) }
button { cursor: pointer }
button:hover { border-color: var(--accent) }
`
