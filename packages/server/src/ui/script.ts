/** What all of our own pages do: copy at a click, and tell times as they are where the reader is. */
export const commonScript = `
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
`
