from scripts import draw_states


def test_drawing_is_fresh():
    assert draw_states.DRAWING.read_text(encoding="utf-8") == draw_states.drawing(), "make drawings"
