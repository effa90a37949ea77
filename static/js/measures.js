// The page works without this: then each scale is a number that is typed. With it each is a line for a finger, the keys
// or a screen reader. What is sent is the number's own field, which stays empty until somebody has touched the line.

function becomeALine(scale) {
  const number = scale.querySelector("input");
  const state = scale.querySelector(".scale__state");
  const { lowest, highest, step, waits, answered, words } = scale.dataset;
  const fixed = step === "1" ? 0 : 1;

  const line = document.createElement("input");
  line.type = "range";
  line.className = "scale__range";
  line.min = lowest;
  line.max = highest;
  line.step = step;
  const typed = Number(number.value.replace(",", "."));
  const isTyped = number.value.trim() !== "" && typed >= Number(lowest) && typed <= Number(highest);
  line.value = isTyped ? typed : (Number(lowest) + Number(highest)) / 2;

  // The line takes the label, and what is told of an error; the number goes on in secret.
  line.id = number.id;
  const told = [`${number.id}_ends`, document.getElementById(`${number.id}_error`) && `${number.id}_error`];
  line.setAttribute("aria-describedby", told.filter(Boolean).join(" "));
  number.removeAttribute("id");
  number.type = "hidden";
  scale.querySelector(".scale__hint").hidden = true;
  number.before(line);

  function wait() {
    number.value = "";
    scale.classList.add("scale--waits");
    line.setAttribute("aria-valuetext", waits);
    state.textContent = waits;
  }

  function take() {
    number.value = Number(line.value).toFixed(fixed);
    scale.classList.remove("scale--waits");
    line.setAttribute("aria-valuetext", words.replace("{value}", number.value.replace(".", ",")));
    state.textContent = answered;
  }

  state.hidden = false;
  if (isTyped) take(); else wait();
  line.addEventListener("input", take);
  // The middle of the line is a place like others: touched there, or taken with the space bar, nothing moves.
  line.addEventListener("pointerup", take);
  line.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    take();
  });
}

document.querySelectorAll("[data-scale]").forEach(becomeALine);

// Brought back by the browser's step back: what was answered is asked for anew, so that nothing stands there.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
