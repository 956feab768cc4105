// Says who else has this update open, asked for now and then for as long as the page is. The line
// is a status: a screen reader tells of a change when there is a pause, and never of the same again.
const EVERY = 30_000;
const line = document.querySelector("[data-presence]");

const ask = async () => {
  const token = document.querySelector("form.sheet [name=csrfmiddlewaretoken]").value;
  try {
    const answer = await fetch(line.dataset.presence, {
      method: "POST",
      headers: { "X-CSRFToken": token },
      redirect: "manual",
    });
    if (answer.ok) {
      const words = await answer.text();
      if (line.textContent !== words) line.textContent = words;
    } else if (answer.status < 500) {
      return; // Signed out, or no writer of this any more: ask no further.
    }
  } catch {
    // No connection: next time.
  }
  setTimeout(ask, EVERY);
};

ask();
