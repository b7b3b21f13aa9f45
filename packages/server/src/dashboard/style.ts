import { commonStyle } from '../ui/style.js'

export const style = `${commonStyle}
header { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem 1.25rem; padding: .7rem 1.1rem;
  border-bottom: 1px solid var(--line) }
header strong { margin-right: auto }
header nav { display: flex; flex-wrap: wrap; gap: .2rem 1rem }
header a { text-decoration: none }
header a[aria-current] { color: inherit; font-weight: 600 }
main { max-width: 70rem; margin: 0 auto; padding: 1.2rem 1.1rem 3rem }
h1 { margin: .2rem 0 1rem; font-size: 1.4rem; overflow-wrap: anywhere }
h2 { margin: 2rem 0 .6rem; font-size: 1.05rem }
[role=alert] { padding: .6rem .9rem; border: 1px solid currentColor; border-radius: 8px; color: var(--bad) }
[role=status] { padding: .6rem .9rem; border: 1px solid var(--line); border-radius: 8px; background: var(--raised) }
.soft { color: var(--soft) }
.scroll { overflow-x: auto; background: linear-gradient(to left, var(--ground) 40%, transparent) right / 3rem 100% no-repeat local,
  linear-gradient(to left, var(--line), transparent) right / 1.5rem 100% no-repeat }
table { width: 100%; border-collapse: collapse }
th { color: var(--soft); font-weight: 500; font-size: .85rem; text-align: left; white-space: nowrap }
th, td { padding: .45rem .9rem .45rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
td { overflow-wrap: anywhere; min-width: 6rem }
td.actions { text-align: right; white-space: nowrap; padding-right: 4px }
form.line { display: flex; flex-wrap: wrap; align-items: end; gap: .6rem; margin: 0 0 1.2rem }
form.line label { display: grid; gap: .2rem; color: var(--soft); font-size: .85rem }
form.line input { min-width: min(18rem, 80vw) }
form.inline { display: inline }
dl { display: grid; grid-template-columns: minmax(7rem, auto) 1fr; gap: .4rem 1rem; margin: 0 }
dt { color: var(--soft) }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere }
code { font: .92em ui-monospace, monospace }
pre { overflow-x: auto; margin: .4rem 0; padding: .8rem 1rem; background: var(--raised); border-radius: 8px }
.copyable { display: inline-flex; flex-wrap: wrap; gap: .3rem .6rem; align-items: center }
td .copyable code { max-width: 12rem; overflow: hidden; text-overflow: ellipsis }
.copyable button { padding: 0 .6rem; font-size: .85rem }
.bad { color: var(--bad) }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; gap: .1rem } dd { margin-bottom: .6rem } }
`
