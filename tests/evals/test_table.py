from evals.scored import Run, Scored
from evals.table import as_table


def case(name: str, right: float, split: str = "held") -> Scored:
    return Scored(name, "outside", "outside", "", split, {"refused": right})


def test_only_the_held_half_is_told_with_its_interval() -> None:
    offline = Run("offline", "2026-11-21", {}, (case("o-1", 1.0), case("o-2", 1.0), case("o-3", 0.0, "tune")))
    checks = Run("checks", "2026-11-21", {}, (Scored("r-1", "rulings", "", "", "", {"kept": 0.0}),))
    # Wilson at 2 of 2: z²/(n + z²) = 3.84/5.84 = .66 wide; at 0 of 1: 3.84/4.84 = .79.
    assert as_table({"offline": offline, "checks": checks}).splitlines() == [
        "| set | score | offline | checks |",
        "| --- | --- | --- | --- |",
        "| outside, 2 | refused | 1.00 (.34-1.00) |  |",
        "| rulings, 1 | kept |  | .00 (.00-.79) |",
    ]
