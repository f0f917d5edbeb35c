"""Each answer, each known slip, and no answer: what ``check_answer`` says of them."""

import importlib
import math
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest
import torch
from book import CHAPTERS
from exercise_cells import numbers_of

import d2lzh_pytorch as d2l
from d2lzh_pytorch.exercises import exercises, judge
from d2lzh_pytorch.locale import catalogue, hints

ROOT = Path(__file__).resolve().parents[1]
NUMBERS = [name[:2] for name in CHAPTERS]
DATA = {number: exercises(number) for number in NUMBERS}
# What readers may answer, written out: RIGHT, SLIPS and UNKNOWN of each exercise.
ANSWERS = {number: importlib.import_module(f"answers.chapter_{number}") for number in NUMBERS}
EACH = [(number, name) for number in NUMBERS for name in DATA[number]]
SLIPS = [(*each, hint) for each in EACH for hint in DATA[each[0]][each[1]].get("slips", {})]

# Exercises that take a letter.
LETTERS = [
    (number, name)
    for number, name in EACH
    if any(isinstance(x, str) for x in DATA[number][name]["answer"])
]


def said(name, answer, capsys):
    d2l.check_answer(name, answer)
    return capsys.readouterr().out


def statement(number, name):
    (file,) = (ROOT / "notebooks").glob(f"{number}_*.ipynb")
    opening = f'<a id="ex-{name.replace(".", "-")}"></a>'
    cells = nbformat.read(file, as_version=4).cells
    (text,) = (cell.source for cell in cells if cell.source.startswith(opening))
    return text


@pytest.mark.parametrize(("number", "name"), EACH)
def test_the_right_answer(number, name, capsys):
    assert said(name, ANSWERS[number].RIGHT[name], capsys) == f"练习 {name}：对。\n"


@pytest.mark.parametrize(("number", "name", "hint"), SLIPS)
def test_a_known_slip_gets_its_own_hint(number, name, hint, capsys):
    words = said(name, ANSWERS[number].SLIPS[name][hint], capsys)
    assert words.endswith(hints(number)[name][hint] + "\n")
    assert "：对。" not in words


@pytest.mark.parametrize(("number", "name"), EACH)
def test_an_unknown_wrong_answer(number, name, capsys):
    words = said(name, ANSWERS[number].UNKNOWN[name], capsys)
    assert words.endswith(hints(number)[name]["otherwise"] + "\n")
    assert "：对。" not in words


@pytest.mark.parametrize(("number", "name"), EACH)
def test_no_answer_yet(number, name, capsys):
    assert "还没有作答" in said(name, ..., capsys)
    assert "还没有作答" in said(name, (1.0, ...), capsys)


@pytest.mark.parametrize(("number", "name"), EACH)
def test_what_cannot_be_judged_is_told(number, name):
    for nonsense in (None, {}, object()):
        with pytest.raises(TypeError, match=r"^answer must be .+, got .+; (pass|return) .+"):
            d2l.check_answer(name, nonsense)


@pytest.mark.parametrize(("number", "name"), EACH)
def test_data_hints_and_examples_belong_together(number, name):
    slips = set(DATA[number][name].get("slips", {}))
    assert set(hints(number)[name]) == slips | {"otherwise"}
    assert set(ANSWERS[number].SLIPS.get(name, {})) == slips
    assert len(DATA[number][name]["parts"]) >= 1


@pytest.mark.parametrize(("number", "name"), EACH)
def test_no_hint_says_the_answer(number, name):
    right = [x for x in DATA[number][name]["answer"] if isinstance(x, float)]
    for words in hints(number)[name].values():
        assert words
        for shown in re.findall(r"\d+\.\d+", words):
            assert not any(math.isclose(float(shown), x, rel_tol=0.01) for x in right)


@pytest.mark.parametrize(("number", "name"), LETTERS)
def test_a_statement_says_that_letters_stand_in_quotes(number, name):
    assert re.search(r'引号|`"A"`', statement(number, name))


def test_a_statement_names_what_the_reader_cannot_know():
    assert "`batch_size`" in statement("05", "5.6")
    assert "`p.data`" in statement("06", "6.2")


@pytest.mark.parametrize("ratio", [0.09, 0.1, 0.103])
def test_a_guess_is_no_measurement(ratio, capsys):
    assert "：对。" not in said("5.6", (0.0302, ratio, "B"), capsys)


@pytest.mark.parametrize("c", [1.19, 1.2])
def test_a_rounded_answer_is_no_other_deviation(c, capsys):
    assert hints("06")["6.6"]["other_deviation"] not in said("6.6", (0.112, 0.114, "B", c), capsys)


@pytest.mark.parametrize("number", NUMBERS)
def test_chapter_solution_and_data_have_the_same_exercises(number):
    (name,) = (name for name in CHAPTERS if name.startswith(number))
    chapter, solution = (
        numbers_of(nbformat.read(ROOT / "notebooks" / folder / f"{name}.ipynb", as_version=4))
        for folder in ("", "solutions")
    )
    assert chapter == solution == [exercise.replace(".", "-") for exercise in DATA[number]]


@pytest.mark.parametrize(
    ("folder", "words"), [("", "不[带加]括号"), ("en", "without (brackets|parentheses)")]
)
@pytest.mark.parametrize(("number", "name"), EACH)
def test_where_a_function_is_asked_for_its_name_is(folder, words, number, name):
    if DATA[number][name].get("measure") not in ("calls", "trace", "losses"):
        return
    (chapter,) = (chapter for chapter in CHAPTERS if chapter.startswith(number))
    notebook = nbformat.read(ROOT / "notebooks" / folder / f"{chapter}.ipynb", as_version=4)
    statement = f'<a id="ex-{name.replace(".", "-")}"></a>'
    (text,) = (cell.source for cell in notebook.cells if statement in cell.source)
    assert re.search(words, text)


def test_a_range_and_a_letter():
    exercise = {"parts": ["x", "letter"], "answer": [[1, 2], "B"]}
    assert judge(exercise, (1.5, "b")).kind == "right"
    assert judge(exercise, (2.5, "B")) == ("partly", "otherwise", (2,))
    with pytest.raises(TypeError, match="where a letter belongs"):
        judge(exercise, (1.5, 2))
    with pytest.raises(TypeError, match="where a number belongs"):
        judge(exercise, ("A", "B"))


@pytest.mark.parametrize("wrong", ["0.1", "13.1", "x", None, 1.0e9])
def test_an_exercise_that_does_not_exist(wrong):
    with pytest.raises(ValueError, match=r"^exercise must be .+, got .+; pass .+"):
        d2l.check_answer(wrong, 1)


def test_which_call_of_a_function_raised_what():
    def broken(x):
        raise ZeroDivisionError("by me")

    said_by_call = (
        r"^answer must be .+, got ZeroDivisionError\('by me'\) from broken\(0.5\); pass .+"
    )
    with pytest.raises(RuntimeError, match=said_by_call) as caught:
        judge({"parts": ["f"], "measure": "calls", "calls": [[0.5]], "answer": [1]}, broken)
    assert type(caught.value.__cause__) is ZeroDivisionError


def test_a_known_error_of_a_function_gets_its_hint(capsys):
    def corrected(eta, gamma, steps):
        return [1 / (1 - gamma**t) for t in range(steps)]

    assert said("4.4", corrected, capsys).endswith(hints("04")["4.4"]["t_from_zero"] + "\n")


@pytest.mark.parametrize(
    ("name", "function", "told"),
    [
        ("1.3", lambda a, b: 2 / (a + b), (1, "0.2, 4", 2)),
        ("1.3", lambda a, b: None, (0, "0.2, 4", 2)),
        ("3.2", lambda x, gamma: x[-1], (1, "[1, 2, 3], 0.5", 3)),
        ("3.2", lambda x, gamma: [0, *x], (4, "[1, 2, 3], 0.5", 3)),
        ("4.4", lambda eta, gamma, steps: 1, (1, "0.4, 0.5, 1", 2)),
    ],
)
def test_what_one_call_returned_and_what_it_must_return(name, function, told):
    returned, given, wanted = told
    message = (
        rf"got {returned} value\(s\), .+, from <lambda>\({re.escape(given)}\);"
        rf" return {wanted} value\(s\) from this call$"
    )
    with pytest.raises(TypeError, match=message):
        d2l.check_answer(name, function)


@pytest.mark.parametrize(
    ("name", "answer", "places"),
    [
        ("1.4", ("C", 0.5, 22, 0.09), "第 1、2、3 个"),
        ("2.4", (0.25, 0.5, 0.71), "第 1、2 个"),
        ("3.3", (2.25, 2.4, 0.39, 0.06), "第 1 个"),
        ("3.4", ("C", 21, 0.47, 0.85), "第 1、2 个"),
        ("4.6", (4.8, 28, 7, 69), "第 2、3、4 个"),
        ("3.2", lambda x, gamma: ANSWERS["03"].debiased(x, gamma).round(1), "还不对"),
        ("1.5", lambda eta: rounded_step(ANSWERS["01"].RIGHT["1.5"](eta)), "还不对"),
    ],
)
def test_the_right_numbers_with_too_few_digits(name, answer, places, capsys):
    words = said(name, answer, capsys)
    assert places in words
    assert words.endswith(catalogue()["check"]["few_digits"] + "\n")


def rounded_step(step):
    return lambda *state: tuple(round(x, 2) for x in step(*state))


@pytest.mark.parametrize("wrong", [(0.25, 0.5, 0.72), (0.25, 0.4, 0.71), (0.3, 0.5, 0.707)])
def test_other_numbers_do_not_have_too_few_digits(wrong, capsys):
    assert catalogue()["check"]["few_digits"] not in said("2.4", wrong, capsys)


def test_four_places_are_enough_for_a_function(capsys):
    for name, right in (("1.3", ANSWERS["01"].best_for), ("3.2", ANSWERS["03"].debiased)):
        rounded = said(name, lambda *given, right=right: np.round(right(*given), 4), capsys)
        assert rounded == f"练习 {name}：对。\n"


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [
        ("2.2", (2.8, 0.3, 0.65, 0.4), "s_for_eta"),
        ("1.4", ("A", 0.5, 22, 0.5), "only_slow"),
        ("3.6", (0.06004, 0.0131, 0.87, 0.80), "gammas_swapped"),
        ("3.6", (0.06004, 0.0131, 0.85, 0.80), "otherwise"),
    ],
)
def test_a_hint_says_what_is_so(name, answer, hint, capsys):
    words = said(name, answer, capsys)
    assert words.endswith(hints(f"0{name[0]}")[name][hint] + "\n")


def test_the_language_is_known():
    with pytest.raises(ValueError, match=r"^language must be .+, got 'fr'; pass \"zh\" or \"en\""):
        d2l.set_language("fr")


@pytest.mark.parametrize("answer", [np.array([1 + 2j, 1]), np.array([None, 1]), {1, 2}, (1, 2, 3)])
def test_what_is_no_list_of_the_numbers_asked_for(answer):
    with pytest.raises(
        TypeError, match=r"^answer must be x, y, got .+; pass \(x, y\), in this order"
    ):
        judge({"parts": ["x", "y"], "answer": [1, 2]}, answer)


@pytest.mark.parametrize(
    "answer", [(1, 2), [1.0, 2.0], np.array([1, 2]), torch.tensor([1.0, 2.0]), (np.array(1.0), 2)]
)
def test_numbers_come_in_many_forms(answer):
    assert judge({"parts": ["x", "y"], "answer": [1, 2]}, answer).kind == "right"
