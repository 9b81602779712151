"""The page: assembles the tabs. A tab is here once it works."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

from tutor.flow import Tutor
from tutor.ui.chat import ask_tab
from tutor.ui.practice import practice_memory, practice_tab
from tutor.ui.review import review_tab

HERE = Path(__file__).parent
TITLE = "PMLE tutor"


def build_page(tutor: Tutor) -> gr.Blocks:
    """Everything on the screen."""
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=False) as page:
        gr.HTML(
            '<header id="masthead"><h1>PMLE tutor</h1>'
            "<p>Professional Machine Learning Engineer, with every statement cited</p></header>"
        )
        memory = practice_memory()
        with gr.Tab("Ask"):
            ask_tab(tutor, page)
        with gr.Tab("Practice", id="practice") as practising:
            practice_tab(tutor, page, practising, memory)
        with gr.Tab("Review", id="review") as reviewing:
            review_tab(tutor, reviewing)
    return page


def look() -> dict[str, Any]:
    """Theme, style and script, which Gradio takes when the page is launched."""
    theme = gr.themes.Soft(
        primary_hue="blue",
        neutral_hue="slate",
        font=["system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif"],
        font_mono=["ui-monospace", "SFMono-Regular", "Menlo", "monospace"],
    )
    script = "\n".join(path.read_text(encoding="utf-8") for path in sorted(HERE.glob("*.js")))
    style = "\n".join(path.read_text(encoding="utf-8") for path in sorted(HERE.glob("*.css")))
    return {"theme": theme, "css": style, "head": f"<script>{script}</script>"}
