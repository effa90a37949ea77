// The guardian's tick shows once the date of birth says that the young person is younger than the area's age. Without
// this script it shows after the server has asked for it.

// Whole years today, or NaN while the three boxes are no date yet. A whole date pasted into one box counts as well.
function age(boxes) {
  const [day, month, year] = boxes.map((box) => box.value.trim()).join(".").split(/[./-]+/).map(Number);
  const born = new Date(year, month - 1, day);
  if (!(year > 1900) || born.getMonth() !== month - 1 || born.getDate() !== day) return NaN;
  const now = new Date();
  const hadBirthday = now.getMonth() > month - 1 || (now.getMonth() === month - 1 && now.getDate() >= day);
  return now.getFullYear() - year - (hadBirthday ? 0 : 1);
}

function askGuardianOfTheYoung(block) {
  const boxes = [0, 1, 2].map((number) => document.getElementById(`${block.dataset.date}_${number}`));
  const tick = block.querySelector("input");
  const askedByServer = !block.hidden;
  const update = () => {
    const years = age(boxes);
    block.hidden = Number.isNaN(years) ? !askedByServer : years >= Number(block.dataset.youngerThan);
    // A tick that nobody sees is not sent, and is still there when it shows again.
    tick.disabled = block.hidden;
  };
  boxes.forEach((box) => box.addEventListener("input", update));
  addEventListener("pageshow", update);
  update();
}

document.querySelectorAll("[data-younger-than]").forEach(askGuardianOfTheYoung);
