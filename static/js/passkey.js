// Passkeys: a form's button asks the browser for one, and the form then sends the answer.
// The server's question stands on the page (data-options names the element), or is fetched from the form's address.
const BEHIND = window.webauthnJSON;

async function question(form) {
  const place = document.getElementById(form.dataset.options ?? "");
  if (place) return JSON.parse(place.textContent);
  const response = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return response.json();
}

async function ask(form) {
  const asked = await question(form);
  return form.dataset.passkey === "create"
    ? BEHIND.create(asked.creation_options)
    : BEHIND.get(asked.request_options);
}

function prepare(form) {
  const credential = form.elements.credential;
  const failed = form.querySelector("[data-passkey-failed]");
  const answer = async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      credential.value = JSON.stringify(await ask(form));
    } catch {
      // Said no, took too long, or has none: the browser does not tell which.
      failed.hidden = false;
      return;
    }
    form.submit();
  };
  form.addEventListener("submit", answer);
  form.querySelector("[data-passkey-ask]")?.addEventListener("click", answer);
}

if (BEHIND?.supported()) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    prepare(form);
    form.hidden = false;
  }
}
