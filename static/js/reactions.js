// Reacting in place. Without this the form posts, and the page comes back at the same update.
const SAID = {
  like: ["Liked", "likes", "like"],
  love: ["Loved", "loves", "love"],
  haha: ["Haha", "laughs at", "laugh at"],
};

const status = document.createElement("p");
status.className = "govuk-visually-hidden";
status.setAttribute("role", "status");
document.body.append(status);

const say = (button) => {
  const [done, one, many] = SAID[button.value];
  const count = Number(button.querySelector(".n").textContent);
  const first = button.getAttribute("aria-pressed") === "true" ? done : "Removed";
  const people = count === 1 ? `1 person ${one}` : `${count || "No"} people ${many}`;
  status.textContent = `${first}. ${people} this`;
};

const send = async (form, button) => {
  const body = new FormData(form);
  body.append(button.name, button.value);
  const answer = await fetch(button.getAttribute("formaction") ?? form.action, {
    method: "POST",
    body,
    headers: { "X-Requested-With": "fetch" },
    redirect: "manual",
  });
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  const page = document.createElement("template");
  page.innerHTML = await answer.text();
  return page.content.querySelector("form[data-react]");
};

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const button = event.submitter;
  if (!form.matches("[data-react]") || !button || form.dataset.react === "plain") return;
  event.preventDefault();
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  try {
    const fresh = await send(form, button);
    form.replaceWith(fresh);
    const same = fresh.querySelector(`button[value="${button.value}"]`);
    same.focus();
    say(same);
  } catch {
    // Signed out, or no connection: the browser's own way shows what is the matter.
    form.dataset.react = "plain";
    form.requestSubmit(button);
  }
});
