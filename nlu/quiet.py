"""Environment of Rasa's processes, set before anything heavy is imported: no telemetry, no GPU, one thread, few words."""

from __future__ import annotations

import os

os.environ.update(
    RASA_TELEMETRY_ENABLED="false",
    TF_CPP_MIN_LOG_LEVEL="3",
    CUDA_VISIBLE_DEVICES="",
    OMP_NUM_THREADS="1",
    OPENBLAS_NUM_THREADS="1",
    TF_INTRA_OP_PARALLELISM_THREADS="1",
    TF_INTER_OP_PARALLELISM_THREADS="1",
    SQLALCHEMY_SILENCE_UBER_WARNING="1",
    RASA_MAX_CACHE_SIZE="0",
    LOG_LEVEL="ERROR",
    LOG_LEVEL_LIBRARIES="ERROR",
)
