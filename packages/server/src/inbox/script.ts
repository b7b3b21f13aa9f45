/** What the page of the inbox does by itself. It runs under a nonce, and everything works without it but what it shows. */
export const script = `
for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = !navigator.clipboard
  button.onclick = async () => {
    await navigator.clipboard.writeText(button.dataset.copy)
    button.textContent = 'Copied'
    setTimeout(() => (button.textContent = 'Copy'), 1500)
  }
}
for (const time of document.querySelectorAll('time')) {
  const at = new Date(time.dateTime)
  const today = at.toDateString() === new Date().toDateString()
  time.textContent = today ? at.toLocaleTimeString() : at.toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' })
}
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
