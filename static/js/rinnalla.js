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

// A demonstration account fills the sign-in form.
function fillSignIn(button) {
  const login = document.querySelector("input[name=login]");
  const password = document.querySelector("input[name=password]");
  login.value = button.dataset.login;
  if (password && button.dataset.password) password.value = button.dataset.password;
  login.form.requestSubmit();
}

document.querySelectorAll("[data-shown-when]").forEach(showWhereItApplies);
document.querySelectorAll("[data-login], [data-prints]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => {
    if (button.dataset.login) fillSignIn(button);
    else window.print();
  });
});
document.querySelectorAll("button[aria-disabled=true]").forEach((button) => {
  button.addEventListener("click", (event) => event.preventDefault());
});
