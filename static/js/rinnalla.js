// The page works without any of this; each part only saves a step.

// Fields that matter only after one answer: <div data-shown-when="reason=other,phone">.
function showWhereItApplies(block) {
  const [name, list] = block.dataset.shownWhen.split("=");
  const values = list.split(",");
  const inputs = [...block.closest("form").elements].filter((input) => input.name === name);
  const update = () => {
    block.hidden = !inputs.some((input) =>
      values.includes(input.value) && (!["radio", "checkbox"].includes(input.type) || input.checked));
  };
  inputs.forEach((input) => input.addEventListener("change", update));
  update();
}

// Who wasn't reached is mostly rung again on the next working day; what somebody has filled in stays.
function presetNextStep(block) {
  const form = block.closest("form");
  const parts = ["day", "month", "year"].map((part) => form.elements[`next_step_on_${part}`]);
  const step = form.elements.next_step;
  form.addEventListener("change", (event) => {
    const isNotReached = event.target.name === "attempt" && event.target.value === "not_reached";
    if (!isNotReached || step.value || parts.some((box) => box.value)) return;
    step.value = block.dataset.notReachedStep;
    block.dataset.notReachedDay.split(".").forEach((number, index) => { parts[index].value = number; });
  });
}

// Enter in a box beside the call presses that box's own button, not the call's.
function pressOwnButton(event) {
  if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
  event.preventDefault();
  event.currentTarget.querySelector("button[formaction]").click();
}

// A long list to tick: what is typed leaves those that hold it, and whatever is ticked.
function searchTicks(box) {
  const search = box.querySelector("input");
  const items = [...box.parentElement.querySelectorAll(".govuk-checkboxes__item")];
  box.hidden = false;
  search.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  search.addEventListener("input", () => {
    const words = search.value.toLowerCase().split(" ");
    items.forEach((item) => {
      const holds = words.every((word) => item.textContent.toLowerCase().includes(word));
      item.hidden = !holds && !item.querySelector("input").checked;
    });
  });
}

// A demonstration account fills the sign-in form.
function fillSignIn(button) {
  const login = document.querySelector("input[name=login]");
  const password = document.querySelector("input[name=password]");
  login.value = button.dataset.login;
  if (password && button.dataset.password) password.value = button.dataset.password;
  login.form.requestSubmit();
}

// All of the box is chosen, and copied where the browser lets a page do that.
function copyAll(box) {
  box.select();
  navigator.clipboard?.writeText(box.value);
}

// Whether somebody typed or chose something here since the server sent the page.
function isChanged(input) {
  if (input.type === "hidden") return false;
  if (["radio", "checkbox"].includes(input.type)) return input.checked !== input.defaultChecked;
  if (input.type !== "select-one") return "defaultValue" in input && input.value !== input.defaultValue;
  const first = [...input.options].findIndex((option) => option.defaultSelected);
  return input.selectedIndex !== Math.max(first, 0);
}

// A form that came back with errors holds what was typed, too.
const holdsWhatWasTyped = (form) =>
  form.method === "post" && (form.querySelector(".govuk-error-message:not([hidden])") || [...form.elements].some(isChanged));

// The language switch loads the page anew and would empty a form: the first press only says so, a second one switches.
function warnBeforeSwitching(warning) {
  const switching = warning.closest("form");
  switching.addEventListener("submit", (event) => {
    const others = [...document.forms].filter((form) => form !== switching);
    if (warning.textContent || !others.some(holdsWhatWasTyped)) return;
    event.preventDefault();
    warning.textContent = warning.dataset.warning;
  });
}

// What stands beside the page on a wide window is folded below it on a telephone.
function openWhenWide(details) {
  details.open = matchMedia("(min-width: 56em)").matches;
}

document.querySelectorAll("[data-open-when-wide]").forEach(openWhenWide);
document.querySelectorAll("[data-warning]").forEach(warnBeforeSwitching);
document.querySelectorAll("[data-shown-when]").forEach(showWhereItApplies);
document.querySelectorAll("[data-not-reached-day]").forEach(presetNextStep);
document.querySelectorAll("[data-searches]").forEach(searchTicks);
document.querySelectorAll("[data-pressed-by-enter]").forEach((block) => {
  block.addEventListener("keydown", pressOwnButton);
});
document.querySelectorAll("[data-login], [data-prints], [data-copies]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => {
    if (button.dataset.login) fillSignIn(button);
    else if (button.dataset.copies) copyAll(document.getElementById(button.dataset.copies));
    else window.print();
  });
});
document.querySelectorAll("button[aria-disabled=true]").forEach((button) => {
  button.addEventListener("click", (event) => event.preventDefault());
});
