"""What is too long for the page, run by `python -m groundup.measured`.

Rates, and which wording goes with shown examples, are chosen on the requests for
choosing; everything else is judged on those for testing, which nothing was chosen by.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any, NamedTuple

import numpy as np

from groundup.datasets import countries, names

from ..gpt import GPT, Config, Plan, table
from ..gpt import train as train_gpt
from ..gpt.layers import IGNORED
from ..language_model import LanguageModel
from ..language_model.chat import SYSTEM, turn
from ..tokenization import Tokenizer, load_smollm2
from .config import MATRICES, LoraConfig
from .decoding import generate_batch
from .factbook import Request, Requests, example, prompt, requests
from .lora import Lora
from .packing import Example, Rows, pack
from .preferences import DPO_PLAN, Dpo, judge, pairs, sample_names, train_dpo
from .scoring import Score, score
from .training import batches, train

ROW = 256  # a step takes one row: three texts, and no place for a fourth
RATE = 4e-3  # the best for 20 steps on the requests for choosing
RATE_OF_40 = 2e-3  # for 40 steps
LIMIT = 100  # tokens of an answer
WORDINGS = (
    "Extract the country, its capital, its area in square kilometers, its highest"
    " point, and the height of that point in meters. Answer with a JSON object that"
    " has the keys country, capital, area_km2, highest_point and height_m. Where the"
    " text does not tell, write null.",
    'Turn this text into JSON like {"country": ..., "capital": ..., "area_km2": ...,'
    ' "highest_point": ..., "height_m": ...}. Use null for what is not in the text.'
    " Answer with the JSON alone.",
    "Keys: country, capital, area_km2, highest_point, height_m. Return only valid"
    " JSON, with null for each key that the text says nothing of.",
)
EVERYDAY = (
    "What can I cook with rice and eggs?",
    "Why is the sky blue?",
    "Write a short poem about the sea.",
    "How do I remove a coffee stain from a shirt?",
    "Give me three tips for sleeping better.",
    "What is the difference between a frog and a toad?",
    "Tell me a joke.",
    "How many legs does a spider have?",
    "Explain what a bicycle is to a child.",
    "What should I pack for a day at the beach?",
    "Who wrote Romeo and Juliet?",
    "Suggest a name for a small brown dog.",
)
# What everyday questions are asked in training, where the old answers are kept up.
KEPT_UP = (
    "How do I boil an egg?",
    "Why do cats purr?",
    "Write two sentences about autumn.",
    "What is a good breakfast before a long walk?",
    "How can I learn to swim?",
    "What does a gardener do in spring?",
    "Name three musical instruments with strings.",
    "How do airplanes stay in the air?",
    "What is a synonym of happy?",
    "Give me an idea for a birthday present.",
    "How do I say thank you in French?",
    "Why do leaves change their color?",
    "What is seven times eight?",
    "Write a greeting for a postcard.",
    "How often should I water a cactus?",
    "What is the largest animal in the world?",
    "How do I tie a tie?",
    "Tell me something about the moon.",
    "What is the opposite of brave?",
    "How can I save water at home?",
    "Describe a snowman.",
    "What do bees make?",
    "How long does it take to bake bread?",
    "Give me two reasons to read books.",
    "What is a volcano?",
    "Who painted the Mona Lisa?",
    "What is a good hobby for a rainy day?",
    "How do I make new friends?",
    "Write a sentence with the word river.",
    "What are the colors of the rainbow?",
    "Why is exercise good for you?",
    "What is the freezing point of water?",
    "How do I write a thank-you note?",
)


class Run(NamedTuple):
    """Adapters that were trained, the loss of each step, and the seconds it took."""

    lora: Lora
    losses: list[float]
    seconds: float


@cache
def model() -> LanguageModel:
    """Return the language model as it was before."""
    return LanguageModel.smollm2()


@cache
def tokenizer() -> Tokenizer:
    """Return its tokenizer."""
    return load_smollm2()


@cache
def parts() -> Requests:
    """Return the requests to learn from, to choose by and to judge by."""
    return requests()


def examples(asked: Sequence[Request]) -> list[Example]:
    """Return requests with their answers, as they are learned."""
    return [example(tokenizer(), each.text, each.answer) for each in asked]


def packed(learned: Sequence[Example]) -> Rows:
    """Return rows as they are trained on."""
    return pack(learned, ROW, tokenizer().eos_id)


def fit(
    rows: Rows,
    *,
    steps: int,
    rate: float,
    seed: int = 0,
    rank: int = 8,
    matrices: tuple[str, ...] = MATRICES,
) -> Run:
    """Train adapters on rows, one a step; seconds are those of the processor."""
    lora = Lora(model(), LoraConfig(rank, 2 * rank, matrices), seed=seed)
    plan = Plan(steps=steps, batch=1, peak=rate, warmup=4, decay=0.0, seed=seed)
    begun = time.process_time()
    losses = train(lora, rows, plan)
    seconds = round(time.process_time() - begun, 1)
    return Run(lora, [round(float(loss), 4) for loss in losses], seconds)


@cache
def usual(steps: int, seed: int) -> Run:
    """Return adapters trained as on the page, which several experiments look at."""
    rows = packed(examples(parts().training))
    return fit(rows, steps=steps, rate=RATE, seed=seed)


def answers(of: LanguageModel, prompts: Sequence[list[int]]) -> list[str]:
    """Return what a model says to each prompt; few long ones share the weights."""
    stop, made = tokenizer().eos_id, list[list[int]]()
    size = max(1, 6000 // max(map(len, prompts)))
    for start in range(0, len(prompts), size):
        made += generate_batch(of, prompts[start : start + size], LIMIT, stop=stop)
    return [tokenizer().decode(each) for each in made]


def counted(found: Score) -> dict[str, int]:
    """Return a score as it is recorded."""
    kinds = {"valid": found.valid, "keys": found.keys, "exact": found.exact}
    return {**kinds, "of": found.n}


def judged(
    of: LanguageModel,
    asked: Sequence[Request] | None = None,
    ask: Callable[[str], list[int]] | None = None,
) -> dict[str, Any]:
    """Return how many answers are right, and the first of them as they were given.

    `within_braces` counts what stands between the outermost braces of an answer alone;
    `answering` are seconds of the processor.
    """
    asked = parts().testing if asked is None else asked
    ask = ask or partial(prompt, tokenizer())
    begun = time.process_time()
    given = answers(of, [ask(each.text) for each in asked])
    spent = round(time.process_time() - begun, 1)
    first = [
        {"text": r.text, "answer": a} for r, a in zip(asked[:8], given, strict=False)
    ]
    cut = [a[a.find("{") : a.rfind("}") + 1] for a in given]
    return {
        **counted(score(given, asked)),
        "within_braces": counted(score(cut, asked)),
        "answering": spent,
        "answers": first,
    }


def trained(run: Run, found: dict[str, Any]) -> dict[str, Any]:
    """Return a judgment with what was seen of the training."""
    return {**found, "losses": run.losses, "seconds": run.seconds}


# ---- without training


def untuned() -> dict[str, Any]:
    """Return what the model makes of the texts alone."""
    return judged(model())


def told(*, wording: str, part: str = "testing") -> dict[str, Any]:
    """Return what it makes of them with the keys told."""
    return judged(model(), getattr(parts(), part), partial(asking, wording=wording))


def asking(text: str, wording: str = "") -> list[int]:
    """Return a prompt whose turn of the user begins with a wording."""
    return prompt(tokenizer(), f"{wording}\n\n{text}" if wording else text)


def shown(*, wording: str) -> dict[str, Any]:
    """Return what it makes of them after three turns with right answers."""
    before = "".join(
        turn("user", f"{wording}\n\n{r.text}" if wording else r.text)
        + turn("assistant", r.answer)
        for r in parts().training[:3]
    )
    seen = tokenizer().encode(before)
    return judged(model(), ask=lambda text: [*seen, *asking(text, wording)])


# ---- with training


def rate_tried(*, steps: int, rate: float, seed: int = 0) -> dict[str, Any]:
    """Return how a rate does on the requests for choosing, which say which is best."""
    run = fit(packed(examples(parts().training)), steps=steps, rate=rate, seed=seed)
    rows = packed(examples(parts().choosing))
    count = (rows.targets != IGNORED).sum(axis=1)
    losses = [run.lora.loss(rows[np.array([b])]) for b in range(len(rows))]
    found = judged(run.lora.merged(), parts().choosing)
    loss = round(float(np.average(losses, weights=count)), 4)
    return trained(run, found) | {"choosing_loss": loss}


def tuned(
    *,
    steps: int,
    seed: int,
    rank: int = 8,
    matrices: tuple[str, ...] = MATRICES,
    rate: float | None = None,
) -> dict[str, Any]:
    """Return how adapters do; the rate is the chosen one where none is given."""
    peak = RATE if rate is None else rate
    if (rank, matrices, peak) == (8, MATRICES, RATE):
        run = usual(steps, seed)
    else:
        rows = packed(examples(parts().training))
        run = fit(rows, steps=steps, rate=peak, seed=seed, rank=rank, matrices=matrices)
    known: dict[str, Any] = {"rate": peak, "rank": rank, "matrices": list(matrices)}
    known["parameters"] = int(run.lora.flat.size)
    return known | trained(run, judged(run.lora.merged()))


def end_mark(*, steps: int, seed: int) -> dict[str, Any]:
    """Return what becomes of adapters that never learn where an answer ends.

    Whoever pads with the end mark and masks the pad, masks the end mark.
    """
    rows = packed(examples(parts().training))
    ended = rows.targets == tokenizer().eos_id
    masked = np.where(ended, IGNORED, rows.targets)
    endless = Rows(rows.ids, masked, rows.documents, rows.positions)
    run = fit(endless, steps=steps, rate=RATE, seed=seed)
    return trained(run, judged(run.lora.merged()))


def prompt_loss(*, steps: int, seed: int) -> dict[str, Any]:
    """Return what becomes of adapters that learn the prompts as well."""
    learned = [
        Example.answer(
            prompt(tokenizer(), r.text),
            [*tokenizer().encode(r.answer), tokenizer().eos_id],
            on_prompt=True,
        )
        for r in parts().training
    ]
    run = fit(packed(learned), steps=steps, rate=RATE, seed=seed)
    return trained(run, judged(run.lora.merged()))


def template(*, asked: str, steps: int, seed: int) -> dict[str, Any]:
    """Return how adapters do that are asked in another template than they learned."""
    frames = {
        "published": turn("system", SYSTEM) + turn("user", "{}"),
        "other marks": "### User:\n{}\n\n### Assistant:\n",
        "none": "{}\n",
    }
    frame = frames[asked]
    if asked == "published":
        frame += "<|im_start|>assistant\n"

    def ask(text: str) -> list[int]:
        return tokenizer().encode(frame.replace("{}", text))

    return judged(usual(steps, seed).lora.merged(), ask=ask)


def training_set(*, steps: int, seed: int) -> dict[str, Any]:
    """Return how adapters do on requests that they have learned from."""
    learned = examples(parts().training)
    rows, plan = packed(learned), Plan(batch=1, seed=seed)
    drawn = zip(range(steps), batches(len(rows), plan), strict=False)
    used = [rows[chosen].ids.tobytes() for _, chosen in drawn]
    seen = [
        request
        for request, each in zip(parts().training, learned, strict=True)
        if any(np.array(each.ids).tobytes() in row for row in used)
    ]
    return judged(usual(steps, seed).lora.merged(), seen[:60])


def forgetting(*, remedy: bool, steps: int, seed: int) -> dict[str, Any]:
    """Return what adapters do to everyday questions and to prose.

    The remedy mixes in what the model itself said to other everyday questions, one
    text in seven. `prose` and `own` are nats a token: of descriptions of countries,
    and of what the model said to the questions before.
    """
    if remedy:
        run = fit(packed(mixed()), steps=steps, rate=RATE, seed=seed)
    else:
        run = usual(steps, seed)
    tuned_model = run.lora.merged()
    given = answers(tuned_model, [asking(q) for q in EVERYDAY])
    before = [kept(q, a) for q, a in zip(EVERYDAY, first_answers(), strict=True)]
    prose = [
        Example(tuple(ids[:-1]), tuple(ids[1:]))
        for ids in (tokenizer().encode(c.text)[:ROW] for c in countries()[::11])
    ]
    found = {
        "json": sum(is_json(answer) for answer in given),
        "questions": len(EVERYDAY),
        "said": [
            {"text": q, "before": b, "answer": a}
            for q, b, a in zip(EVERYDAY[:4], first_answers(), given, strict=False)
        ],
        "prose": nats(tuned_model, prose),
        "prose_before": nats(model(), prose),
        "own": nats(tuned_model, before),
        "own_before": nats(model(), before),
    }
    return found | trained(run, judged(tuned_model))


@cache
def first_answers() -> list[str]:
    """Return what the model said to the everyday questions before."""
    return answers(model(), [asking(q) for q in EVERYDAY])


def mixed() -> list[Example]:
    """Return the texts to learn from, and among them one in seven that is kept up."""
    said = answers(model(), [asking(q) for q in KEPT_UP])
    old = [kept(q, a) for q, a in zip(KEPT_UP, said, strict=True)]
    learned = examples(parts().training)
    size = len(learned) // len(old)
    every: list[Example] = []
    for number, each in enumerate(old):
        every += [*learned[number * size : (number + 1) * size], each]
    return [*every, *learned[len(old) * size :]]


def kept(question: str, answer: str) -> Example:
    """Return a question with its answer; what was cut off has no end to learn."""
    ids = tokenizer().encode(answer)
    end = [tokenizer().eos_id] if len(ids) < LIMIT else []
    return Example.answer(asking(question), [*ids, *end])


def is_json(answer: str) -> bool:
    """Tell whether an answer is an object of JSON, or begins as one."""
    return answer.lstrip().startswith("{")


def nats(of: LanguageModel, texts: Sequence[Example]) -> float:
    """Return the mean cross-entropy of all targets that count."""
    lora = Lora(of, LoraConfig(1, 1, ("q",)))  # B is zero: the model as it is
    total = count = 0.0
    for text in texts:
        rows = pack([text], len(text.ids), tokenizer().eos_id)
        number = int((rows.targets != IGNORED).sum())
        total += lora.loss(rows) * number
        count += number
    return round(total / count, 4)


# ---- preferences


SIZES = Config(27, 12, 64, 4, 4)


def liked(name: str) -> bool:
    """Tell whether a name is of the preferred kind: it ends in a."""
    return name.endswith("a")


@cache
def real_names() -> list[str]:
    """Return the names that the small GPT learns, those that fit its context."""
    return sorted({n for n in names() if len(n) < SIZES.context})


@cache
def reference() -> GPT:
    """Return the small GPT before it learns from preferences."""
    small = GPT(SIZES)
    ids, targets = table(real_names(), SIZES.context)
    train_gpt(small, ids, targets, Plan(steps=600))
    return small


def dpo(*, beta: float, seed: int, steps: int = DPO_PLAN.steps) -> dict[str, Any]:
    """Return what becomes of the GPT; 0 steps are the reference itself."""
    rng = np.random.default_rng(seed)
    drawn = [n for n in sample_names(reference(), rng, 1500) if 1 < len(n) < 11]
    small = GPT(SIZES)
    small.flat[...] = reference().flat
    learner = Dpo(small, reference(), beta)
    chosen = pairs(drawn, liked, rng, 400)
    peak, warmup = DPO_PLAN.peak, DPO_PLAN.warmup
    plan = Plan(steps, DPO_PLAN.batch, peak, warmup, 0.0, seed)
    losses = train_dpo(learner, chosen, plan).tolist()
    found = judge(learner, liked, real_names()[::7], rng, 1000)
    made = sample_names(small, rng, 1000)
    known = set(real_names())
    return {
        "kl": round(found.kl, 3),
        "preferred": round(found.preferred, 3),
        "distinct": round(found.distinct, 3),
        "real": round(float(np.mean([n in known for n in made])), 3),
        "log_p_real": round(found.real, 3),
        "made": made[:12],
        "losses": [round(loss, 4) for loss in losses],
    }


def longer_and_shorter(seed: int) -> list[partial[dict[str, Any]]]:
    """Return 40 steps and 20, each at the rate that was chosen for it."""
    longer = partial(tuned, steps=40, seed=seed, rate=RATE_OF_40)
    return [longer, partial(tuned, steps=20, seed=seed)]


SEEDS = (0, 1, 2)
BETAS = (0.05, 0.1, 0.3, 0.5, 1.0, 2.0)
THIN = ((1, ("q", "v")), (1, MATRICES), (8, ("q", "v")))
EXPERIMENTS = {
    "rates": [partial(rate_tried, steps=20, rate=r) for r in (2e-3, 4e-3, 8e-3)],
    "rates_of_40": [partial(rate_tried, steps=40, rate=r) for r in (1e-3, 2e-3, 4e-3)],
    "tuned": [run for seed in SEEDS for run in longer_and_shorter(seed)],
    "thin": [partial(tuned, steps=20, seed=0, rank=r, matrices=m) for r, m in THIN],
    "untuned": partial(untuned),
    "told": [partial(told, wording=wording) for wording in WORDINGS],
    "shown": [partial(shown, wording=wording) for wording in ("", WORDINGS[1])],
    "end_mark": partial(end_mark, steps=20, seed=0),
    "too_high": partial(tuned, steps=20, seed=0, rate=2e-2),
    "training_set": partial(training_set, steps=20, seed=0),
    "forgetting": [
        partial(forgetting, remedy=remedy, steps=20, seed=0) for remedy in (False, True)
    ],
    "dpo": [partial(dpo, beta=beta, seed=seed) for seed in SEEDS for beta in BETAS],
    "dpo_reference": partial(dpo, beta=1.0, seed=0, steps=0),
    "prompt_loss": partial(prompt_loss, steps=20, seed=0),
    "template": [
        partial(template, asked=asked, steps=20, seed=0)
        for asked in ("published", "other marks", "none")
    ],
}
