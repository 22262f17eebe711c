"""The least that NiceGUI can do: a button, and a mark that changes. What a step is held against.

``python -m benchmarks.plain PORT`` serves it with the settings that the touchscreen has.
"""

from __future__ import annotations

import sys

import uvicorn
from fastapi import FastAPI
from nicegui import ui
from starlette.responses import PlainTextResponse


def build() -> FastAPI:
    """Return the application with its one page."""
    app = FastAPI()
    app.add_api_route("/healthz", lambda: PlainTextResponse("ready"), response_model=None)

    @ui.page("/")
    def page() -> None:
        stage = ui.element("main").classes("stage").props("data-step=0")

        def step() -> None:
            stage.props["data-step"] = str(int(stage.props["data-step"]) + 1)
            stage.update()

        with ui.element("button").classes("touch").on("click", step, args=[]):
            ui.label("Press")

    ui.run_with(
        app,
        tailwind=False,
        binding_refresh_interval=None,
        gzip_middleware_factory=None,
        show_welcome_message=False,
    )
    return app


if __name__ == "__main__":
    uvicorn.run(build(), host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
