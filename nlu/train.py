"""Trains one model from plain training files. Run with this folder's own Python; knows nothing of the assistant."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import quiet  # noqa: F401  (first: Rasa and TensorFlow read the environment when they are imported)

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Writes ``OUT/NAME.tar.gz``; ends with a message and exit code 1 where Rasa made no model."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", required=True, help="training file (Rasa's YAML) or folder of them")
    arguments.add_argument("--out", required=True, help="folder for the model")
    arguments.add_argument("--name", required=True, help="name of the model, without .tar.gz")
    arguments.add_argument("--config", default=str(HERE / "config.yml"), help="pipeline")
    options = arguments.parse_args()

    from rasa.model_training import train_nlu

    made = train_nlu(config=options.config, nlu_data=options.data, output=options.out, fixed_model_name=options.name)
    if not made or not Path(made).is_file():
        sys.exit("train.py: Rasa made no model")
    print(made)


if __name__ == "__main__":
    main()
