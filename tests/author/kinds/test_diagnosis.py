from itertools import combinations

import yaml

from tests.read.item_models.models import diagnosis as fields
from tutor.author.former_names import without_former_names
from tutor.author.kinds.diagnosis import MOST_IDLE, cases_of
from tutor.author.kinds.drafters import draft
from tutor.read.item_models.kinds import read_item_model


def small(**changes):
    return read_item_model(yaml.safe_dump(fields() | changes), name="small-diagnosis")


def test_cases_are_those_of_the_slow_way() -> None:
    model = small()
    speaks = {f.id: {cause for one in f.against for cause in one.causes} for f in model.findings}
    points = {f.id: set(f.points_to) for f in model.findings}
    for key in ("cold", "broken"):
        slow = set()
        for findings in combinations(speaks, 2):
            if any(key in speaks[f] for f in findings) or not any(key in points[f] for f in findings):
                continue
            fallen = [c.id for c in model.causes if c.id != key and any(c.id in speaks[f] for f in findings)]
            for others in combinations(fallen, 3):
                idle = [
                    f
                    for f in findings
                    if key not in points[f] and not any([g for g in findings if o in speaks[g]] == [f] for o in others)
                ]
                if len(idle) <= MOST_IDLE:
                    slow.add((findings, others))
        assert set(cases_of(model, key, 2, 3, for_remedy=False)) == slow
        assert slow


def test_one_cause_is_left_and_every_other_has_its_objection(drawn, other_models) -> None:
    for item in drawn:
        if item.kind != "diagnosis":
            continue
        model = other_models[item.model]
        way, *findings = item.circumstances
        told = {finding.id: finding for finding in model.findings}
        assert all(any(wording in item.stem for wording in told[one].wordings) for one in findings)
        assert model.stand_together(frozenset(findings))
        for place, option in enumerate(item.options):
            against = [one for name in findings for one in told[name].against if option.id in one.causes]
            assert bool(against) == (place not in item.key), option.text
            said = " ".join(statement.text for statement in option.explanation)
            assert not against or any(without_former_names(one.because).rstrip(".") in said for one in against)
        right = item.options[item.key[0]]
        assert any(right.id in told[one].points_to for one in findings)
        if way == "remedy":
            assert not any(
                right.id in cause.remedy.also_helps
                for cause in model.causes
                if cause.id in {option.id for option in item.options} - {right.id}
            )


def test_a_remedy_that_would_help_as_well_is_not_shown_beside_the_key() -> None:
    causes = fields()["causes"]
    causes[1]["remedy"]["also_helps"] = ["cold"]
    model = small(causes=causes)
    assert all("empty" not in others for _, others in cases_of(model, "cold", 2, 3, for_remedy=True))
    assert any("empty" in others for _, others in cases_of(model, "cold", 2, 3, for_remedy=False))


def test_what_cannot_be_told_apart_yields_nothing() -> None:
    findings = fields()["findings"]
    for finding in findings:
        finding["points_to"] = []
    assert draft(small(findings=findings), "1") is None
