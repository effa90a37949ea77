// The page works without this: the server locks it after its minutes, and leaving is an ordinary link. With it, what
// is on the screen goes in the same moment, and no step back shows it again.

const main = document.getElementById("main");
const leave = document.getElementById("leave");
const idle = Number(main.dataset.idle || 0) * 1000;
const shownAt = Date.now();

function hide() {
  document.body.classList.add("is-away");
}

leave.addEventListener("click", (event) => {
  event.preventDefault();
  hide();
  // In the place of this page: the browser's step back leads to what was before it.
  location.replace(leave.href);
});

// A page brought back from the browser's memory is asked for anew: the server says whether it still may be seen.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  hide();
  location.reload();
});

// A phone that slept kept no time: whoever wakes it up sees nothing before the server has said so.
document.addEventListener("visibilitychange", () => {
  if (!idle || document.hidden || Date.now() - shownAt < idle) return;
  hide();
  location.replace(location.pathname);
});
