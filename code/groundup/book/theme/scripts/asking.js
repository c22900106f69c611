// Questions and guesses: what the reader says gets its reply, and is kept in this browser.
(() => {
  const { formulaValue, kept, readFormula, readNumber, within } = window.groundup;
  const find = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  // Formulas are read aloud from their elements, not from their text.
  const copied = (node) => [...node.cloneNode(true).childNodes];
  // A formula has a value for each of the points, and the width is a share of the truth.
  const fits = (mine, [truth, width]) =>
    Array.isArray(truth)
      ? truth.every((t, i) => within(mine[i], t, width * Math.abs(t)))
      : within(mine, truth, width);
  function readField(text, { unit, points }) {
    if (!points) return readNumber(text, unit);
    const places = JSON.parse(points);
    const formula = readFormula(text, Object.keys(places[0]));
    return places.map((at) => formulaValue(formula, at));
  }

  // Returns what is in the fields; if one cannot be read, says so, and returns null.
  function read(form, say) {
    const numbers = [];
    for (const input of all("input", form)) {
      input.removeAttribute("aria-invalid");
      try {
        numbers.push(readField(input.value, form.dataset));
      } catch (error) {
        say(error.message);
        input.setAttribute("aria-invalid", "true");
        input.focus();
        return null;
      }
    }
    return numbers;
  }

  // One choice of several: the feedback of the chosen answer opens, the others close.
  function choices(question, answers, said) {
    const choose = (number) => {
      answers.forEach((answer, i) => (find("details", answer).open = i === number));
      find("input", answers[number]).checked = true;
    };
    answers.forEach((answer, number) => {
      find("input", answer).addEventListener("change", () => {
        choose(number);
        said.replaceChildren(...copied(find(".gu-feedback", answer)));
        kept.mark("questions", question.dataset.question, number);
      });
    });
    return (before) => Number.isInteger(before) && answers[before] && choose(before);
  }

  // Numbers in fields: the first reply that they fit, else the one to all others.
  const NO_REPLY = "This is not right, and the book does not recognize the mistake. Go through the steps again.";
  function fields(question, answers, said, form) {
    const inputs = all("input", form);
    const expected = answers.map((answer) => JSON.parse(answer.dataset.numbers));
    const judge = (numbers) => {
      const others = expected.findIndex((pairs) => !pairs.length);
      const fit = expected.findIndex(
        (pairs) => pairs.length && pairs.every((pair, i) => fits(numbers[i], pair)),
      );
      const chosen = answers[fit < 0 ? others : fit];
      const right = chosen?.hasAttribute("data-right") ?? false;
      for (const answer of answers) {
        answer.hidden = answer !== chosen && !answer.hasAttribute("data-right");
        find("details", answer).open = answer === chosen;
      }
      question.dataset.tried = right ? "right" : "wrong";
      said.replaceChildren(...(chosen ? copied(find(".gu-feedback", chosen)) : [NO_REPLY]));
      said.classList.toggle("gu-seen", !chosen);
    };
    const refuse = (message) => {
      delete question.dataset.tried;
      said.textContent = message;
      said.classList.add("gu-seen");
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const numbers = read(form, refuse);
      if (!numbers) return;
      judge(numbers);
      const solved = question.closest(".gu-exercise")?.querySelector(".gu-solved input");
      if (solved && !solved.checked && question.dataset.tried === "right") solved.click();
      kept.mark("questions", question.dataset.question, inputs.map((input) => input.value));
    });
    return (before) => {
      if (!Array.isArray(before) || before.length !== inputs.length) return;
      inputs.forEach((input, i) => (input.value = before[i]));
      const numbers = read(form, () => {});
      if (numbers) judge(numbers);
    };
  }

  for (const question of all(".gu-question")) {
    const answers = all(".gu-answer", question);
    const [said, form] = [find(".gu-verdict", question), find("form", question)];
    const restore = (form ? fields : choices)(question, answers, said, form);
    restore(kept.get("questions", question.dataset.question));
  }

  // A guess, and the answer further down: it opens, and says the guess beside the truth.
  function answered(answer, yours, name) {
    find(".gu-yours", answer).replaceChildren(...yours);
    for (const reply of all(".gu-reply", answer)) reply.hidden = reply.dataset.case !== name;
    find("details", answer).open = true;
    answer.dataset.told = "";
  }
  function guessChoice(guess, answer) {
    const buttons = all("input", guess);
    const show = (number) => {
      const words = find("span", buttons[number].parentElement);
      answered(answer, copied(words), String(number));
      return copied(words);
    };
    return {
      listen(made) {
        buttons.forEach((button, number) =>
          button.addEventListener("change", () => made(number, show(number))),
        );
      },
      restore(number) {
        if (!Number.isInteger(number) || !buttons[number]) return undefined;
        buttons[number].checked = true;
        return show(number);
      },
    };
  }
  function guessNumber(guess, answer, say) {
    const form = find("form", guess);
    const [input, unit] = [find("input", form), form.dataset.unit];
    const truth = JSON.parse(answer.dataset.truth);
    const show = (number) => {
      const text = input.value.trim();
      const shown = unit && !text.endsWith(unit) ? `${text} ${unit}` : text;
      const name = fits(number, truth) ? "near" : number > truth[0] ? "high" : "low";
      answered(answer, [shown], name);
      return [shown];
    };
    follow(form, input);
    return {
      listen(made) {
        form.addEventListener("submit", (event) => {
          event.preventDefault();
          const numbers = read(form, say);
          if (numbers) made(input.value, show(numbers[0]));
        });
      },
      restore(text) {
        if (typeof text !== "string") return undefined;
        input.value = text;
        const numbers = read(form, () => {});
        return numbers ? show(numbers[0]) : undefined;
      },
    };
  }

  // What the reader's hand changes in an explorable is written into the field.
  function follow(form, input) {
    const { explorable, state, scale } = form.dataset;
    if (!explorable) return;
    const figure = document.getElementById(`explorable-${explorable}`);
    const [trait, index] = state.split(/[[\]]/);
    let touched = false;
    for (const name of ["pointerdown", "keydown"]) {
      figure.addEventListener(name, () => (touched = true), { capture: true });
    }
    const begin = () =>
      figure.model.on(`change:${trait}`, (_, value) => {
        const number = Number(index === undefined ? value : value[index]) * Number(scale);
        if (touched && Number.isFinite(number)) {
          input.value = String(Number(number.toPrecision(3))).replace("-", "−");
        }
      });
    if (figure.model) begin();
    else figure.addEventListener("live", begin, { once: true });
  }

  // A prediction is kept as it was first made; it is measured in a file.
  for (const prediction of all(".gu-prediction")) {
    const id = prediction.dataset.prediction;
    const [form, said] = [find("form", prediction), find(".gu-said", prediction)];
    const input = find("input", form);
    const tell = (text) => {
      input.value = text;
      input.readOnly = find("button", form).disabled = true;
      said.textContent =
        `You predicted ${text} ${form.dataset.unit}`.trim() +
        `. Before the first check, tell the grader, too: groundup predict ${id.split("/").at(-1)} ${text}`;
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!read(form, (message) => (said.textContent = message))) return;
      kept.mark("guesses", id, input.value);
      tell(input.value);
    });
    const before = kept.get("guesses", id);
    if (typeof before === "string") tell(before);
  }

  for (const guess of all(".gu-guess")) {
    const id = guess.dataset.guess;
    const answer = find(`[data-answer="${CSS.escape(id)}"]`);
    if (!answer) continue; // of a book whose build has warned
    const said = find(".gu-said", guess);
    const say = (...parts) => said.replaceChildren(...parts);
    const kind = find("form", guess) ? guessNumber : guessChoice;
    const { listen, restore } = kind(guess, answer, say);
    const tell = (shown) => {
      guess.dataset.made = "";
      say("Your guess: ", ...shown, ". It is kept for the answer.");
    };
    listen((value, shown) => {
      kept.mark("guesses", id, value);
      tell(shown);
    });
    const shown = restore(kept.get("guesses", id));
    if (shown !== undefined) tell(shown);
  }
})();
