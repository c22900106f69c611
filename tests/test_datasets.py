"""Data sets: complete, in known units, offline, and protected from changes."""

from __future__ import annotations

import numpy as np
import pytest
from groundup.algorithms import linear_regression
from groundup.datasets import (
    countries,
    landmarks,
    penguins,
    running_example,
    world_factbook,
)


def test_all_measured_penguins_are_there() -> None:
    table = penguins()
    assert table.X.shape == (342, 3)
    assert table.y.shape == (342,)
    assert len(table.labels["species"]) == 342
    assert set(table.labels["species"]) == {"Adelie", "Chinstrap", "Gentoo"}


def test_penguins_are_in_the_units_that_the_table_names() -> None:
    table = penguins()
    assert table.units["flipper_length"] == "mm" and table.units["body_mass"] == "g"
    assert np.all(170 < table.column("flipper_length"))
    assert np.all((2500 < table.column("body_mass")) & (table.y < 6500))
    assert np.isfinite(table.X).all()


def test_the_first_penguin_is_the_first_of_the_package() -> None:
    assert penguins().X[0].tolist() == [39.1, 18.7, 181.0]
    assert penguins().y[0] == 3750.0


def test_an_unknown_column_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(ValueError, match="no column 'wing'; there are bill_length"):
        penguins().column("wing")


def test_all_countries_with_three_numbers_are_there() -> None:
    world = {country.name: country for country in countries()}
    assert len(world) == len(countries()) == 219
    assert list(world) == sorted(world)
    norway, india = world["Norway"], world["India"]
    assert (norway.area, norway.people, norway.income) == (323_802, 5_509_733, 91_100)
    assert india.people == 1_419_316_933
    assert not {"World", "European Union", "none"} & set(world)
    assert "Côte d'Ivoire" in world and "Netherlands" in world
    for country in countries():
        assert 0 < country.area < 2e7 and 0 < country.people < 2e9
        assert 100 < country.income < 3e5
        assert country.text and "<" not in country.text and "&" not in country.text


def test_the_words_of_a_country_are_those_of_three_letters_and_more() -> None:
    country = world_factbook.Country("X", 1, 1, 1, "Iron ore; no gas, IRON <of> it")
    assert country.words() == {"iron", "ore", "gas"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("338,016,259 (2025 est.)", 338_016_259),
        ("$91,100 (2024 est.)", 91_100),
        ("0.44 sq km", 0.44),
        ("17.1 million sq km", 17_100_000),
        ("1.4 billion", 1_400_000_000),
        ("NA", None),
    ],
)
def test_a_number_is_read_as_the_factbook_writes_it(
    text: str, number: float | None
) -> None:
    field = {"note": {"text": "7"}, "total ": {"text": text}}
    assert world_factbook.first_number(field, "total") == number


def test_data_cannot_be_changed_in_place() -> None:
    with pytest.raises(ValueError, match="read-only"):
        penguins().X[0, 0] = 0.0


def test_the_running_example_is_what_its_docstring_says() -> None:
    x, y = running_example()
    slope, intercept = linear_regression.slope_and_intercept(x, y)
    residuals = y - (intercept + slope * x)
    assert slope == pytest.approx(1.4, rel=1e-15)
    assert intercept == pytest.approx(0.5, rel=1e-14)
    assert residuals == pytest.approx([0.1, -0.3, 0.3, -0.1], rel=1e-13)


def test_landmarks_are_plain_names_and_whole_numbers() -> None:
    places = {place.country: place for place in landmarks()}
    assert list(places) == sorted(places) and len(places) == len(landmarks()) == 189
    nepal, moldova = places["Nepal"], places["Moldova"]
    assert (nepal.capital, nepal.area) == ("Kathmandu", 147_181)
    assert (nepal.highest_point, nepal.height) == ("Mount Everest", 8849)
    assert moldova.capital == "Chisinau"  # "in Romanian" is a remark
    assert not {"Benin", "Nauru", "Tuvalu", "France", "World"} & places.keys()
    for place in places.values():
        assert 0 < place.area < 2e7 and 0 < place.height < 8850
        for name in (place.country, place.capital, place.highest_point):
            assert name[0].isupper() and 1 < len(name) <= 25
            assert not any(sign in name for sign in "0123456789();,<&")
