import { commonStyle } from '../ui/style.js'

/** The looks of the inbox: two columns, or one at a time where there is no room for two. */
export const style = `${commonStyle}
body { height: 100dvh; display: flex; flex-direction: column }
header { display: flex; flex-wrap: wrap; align-items: center; gap: .6rem 1.25rem; padding: .7rem 1.1rem;
  border-bottom: 1px solid var(--line) }
h1 { margin: 0; font-size: 1.1rem }
h1 a { color: inherit; text-decoration: none }
form { display: flex; flex: 1; flex-wrap: wrap; align-items: center; gap: .5rem; min-width: 0 }
label { color: var(--soft) }
input { flex: 0 1 18rem; min-width: 8rem }
main { flex: 1; display: grid; grid-template-columns: minmax(17rem, 25rem) 1fr; min-height: 0 }
nav { overflow-y: auto; border-right: 1px solid var(--line) }
ol { list-style: none; margin: 0; padding: 0 }
li { border-bottom: 1px solid var(--line) }
li > a { display: grid; grid-template-columns: 1fr auto; gap: .1rem .6rem; padding: .65rem 1.1rem; color: inherit;
  text-decoration: none }
li > a:hover { background: var(--raised) }
li > a[aria-current] { background: var(--raised); box-shadow: inset 3px 0 var(--accent) }
li > a:focus-visible { outline-offset: -2px }
.to { font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.title { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; grid-column: 1 }
time { color: var(--soft); font-size: .85rem; white-space: nowrap }
dd time { color: inherit; font-size: inherit }
.tag { justify-self: end; align-self: center; color: var(--soft); font-size: .75rem; padding: 0 .45rem;
  border: 1px solid var(--line); border-radius: 99px }
.tag.failed { color: var(--bad); border-color: currentColor }
.code { display: inline-flex; align-items: center; gap: .6rem }
li > .code { padding: 0 1.1rem .7rem }
.code code { font: 600 1.25rem/1.2 ui-monospace, monospace; letter-spacing: .12em; user-select: all }
.code button { padding: .1rem .6rem; font-size: .85rem }
section { display: flex; flex-direction: column; gap: .8rem; padding: 1.1rem 1.4rem; min-width: 0; overflow-y: auto }
section.empty { align-items: center; justify-content: center; color: var(--soft) }
h2 { margin: 0; font-size: 1.3rem; overflow-wrap: anywhere }
dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1rem; margin: 0 }
dt { color: var(--soft) }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere }
.link { display: block }
iframe { flex: 1; width: 100%; min-height: 22rem; border: 1px solid var(--line); border-radius: 8px; background: #fff;
  color-scheme: light }
.text { margin: 0; padding: .9rem 1.1rem; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--raised);
  border-radius: 8px; max-width: 42rem }
.nothing, #news { margin: 0; padding: 1.1rem; color: var(--soft) }
#news { padding: .6rem 1.1rem; border-bottom: 1px solid var(--line) }
.back { display: none; margin: 0 }
summary { cursor: pointer; color: var(--soft) }
@media (max-width: 48rem) {
  header { justify-content: space-between }
  form { order: 1; flex-basis: 100% }
  label { flex-basis: 100% }
  input { flex: 1 }
  main { grid-template-columns: minmax(0, 1fr) }
  nav { border-right: 0 }
  section.empty, .reading nav { display: none }
  .back { display: block }
  section { padding: .9rem 1.1rem }
}
`
