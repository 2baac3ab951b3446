// Shows the buttons for passkeys where they work, and says what happened where they did not.
(() => {
  const problem = document.querySelector("[data-passkey-problem]")
  const tell = (kind) => {
    problem.textContent = problem.dataset[kind]
    problem.hidden = false
  }
  if (!problem) return
  document.querySelector("[data-passkey-still]").hidden = true
  if (!window.PublicKeyCredential) {
    tell("unsupported")
    return
  }
  for (const button of document.querySelectorAll("[data-passkey]")) {
    button.hidden = false
    button.addEventListener("click", () => { problem.hidden = true })
  }
  const kinds = { NotAllowedError: "cancelled", AbortError: "cancelled", InvalidStateError: "known" }
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault()
    tell(kinds[event.detail.exception.name] || "other")
  })
})()
