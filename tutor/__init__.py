"""PMLE tutor: ask, practise and review for the Professional Machine Learning Engineer exam, always with citations.

Libraries that tell their makers what a program does with them are told not to, before any of them loads: ONNX Runtime
for one writes a device id into the home folder when it is imported, and sends events as soon as there is a network.
"""

import os

__version__ = "0.1.0"

for _variable, _silent in {
    "ORT_DISABLE_TELEMETRY": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
}.items():
    if not os.environ.get(_variable):
        os.environ[_variable] = _silent
