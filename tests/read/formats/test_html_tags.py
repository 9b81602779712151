from tutor.read.formats.html import fragment


def test_a_tag_with_a_raised_digit_is_no_heading() -> None:
    assert "Kettles boil." in fragment("<h²><p>Kettles boil.</p></h²>")
