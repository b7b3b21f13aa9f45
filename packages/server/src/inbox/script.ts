import { commonScript } from '../ui/script.js'

/** What the page of the inbox does by itself. It runs under a nonce, and everything works without it but what it shows. */
export const script = `${commonScript}
const to = new URLSearchParams(location.search).get('to')
const messages = '/inbox/messages' + (to ? '?to=' + encodeURIComponent(to) : '')
const clear = document.getElementById('clear')
clear.hidden = document.body.dataset.newest === ''
clear.onclick = async () => {
  if (!confirm(clear.textContent + '?')) return
  await fetch(messages, { method: 'DELETE' })
  location.href = '/inbox' + (to ? '?to=' + encodeURIComponent(to) : '')
}
setInterval(async () => {
  if (document.hidden) return
  const [newest] = await (await fetch(messages + (to ? '&' : '?') + 'limit=1')).json()
  if (!newest || newest.id === document.body.dataset.newest) return
  if (document.body.className === '' && document.activeElement === document.body) location.reload()
  else document.getElementById('news').hidden = false
}, 2000)
`
