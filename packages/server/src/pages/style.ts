/**
 * The looks of what is around a component, which brings its own: our heading is for those who hear it load. Where the
 * keyboard is, is to be seen in a component, too, which has no more than a grey shade for it. What a component offers and
 * the server does not serve is left out: pictures of people.
 */
export const style = `
* { box-sizing: border-box }
[hidden] { display: none !important }
body { margin: 0; background: #f7f7f8; color: #212126; font: 16px/1.5 system-ui, sans-serif }
main { display: flex; flex-direction: column; align-items: center; justify-content: center; min-height: 100dvh;
  padding: 1.5rem 1rem; text-align: center }
main > h1 { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
main > p { margin: .4rem 0 }
main > p > a { color: #4c3fd1 }
body :focus-visible { outline: 2px solid #4c3fd1; outline-offset: 2px }
.ready main > h1 { display: none }
#component { max-width: 100%; text-align: start }
#component .cl-avatarImageActions, #component .cl-avatarImageActions ~ * { display: none }
`
