"""Retrieval beside bm25s, FAISS and sentence-transformers, on the World Factbook."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from groundup.generative import rag
from groundup.pretrained.minilm import WEIGHTS
from threadpoolctl import threadpool_info

from .measure import Benchmark

INDEXED = 8_000  # fields of which an index is made
ROWS, WIDTH, QUERIES = 100_000, 384, 64
MANY = 200  # queries at once, which share cells
CELLS, PROBED = 316, 8
ENCODED = 96  # lines that are encoded

lines = rag.factbook_lines()
fields = [passage.text for passage in rag.as_fields(lines)]
asked = [question.text for question in rag.questions(lines, "development").plain][:50]
words = [rag.words(question) for question in asked]
rng = np.random.default_rng(0)
some = rng.choice(len(lines), ENCODED, replace=False).tolist()
encoded = [passage.text for passage in rag.as_lines([lines[i] for i in some])]
X = rng.normal(size=(ROWS, WIDTH)).astype(np.float32)
X += 2 * rng.normal(size=(300, WIDTH)).astype(np.float32)[rng.integers(300, size=ROWS)]
X /= np.linalg.norm(X, axis=1, keepdims=True)
Q = X[:: ROWS // QUERIES][:QUERIES].copy()


@cache
def our_bm25() -> rag.BM25:
    """Return the index of all fields."""
    return rag.BM25(fields)


@cache
def their_bm25() -> Any:
    """Return the library's index of all fields, of the same words."""
    import bm25s

    found = bm25s.BM25(method="lucene", backend="numpy")
    found.index([rag.words(text) for text in fields], show_progress=False)
    return found


def index_by_library() -> None:
    """Cut texts into words and index them, as the library does it."""
    import bm25s

    cut = bm25s.tokenize(fields[:INDEXED], stopwords="en", show_progress=False)
    bm25s.BM25(method="lucene", backend="numpy").index(cut, show_progress=False)


@cache
def flat() -> tuple[rag.ExactSearch, Any]:
    """Return ours and FAISS's search through all rows."""
    import faiss

    peer = faiss.IndexFlatIP(WIDTH)
    peer.add(X)
    return rag.ExactSearch(X), peer


@cache
def cells() -> tuple[rag.IVF, Any]:
    """Return ours and FAISS's search through the likely cells."""
    import faiss

    quantizer = faiss.IndexFlatIP(WIDTH)
    kind = faiss.METRIC_INNER_PRODUCT
    peer = faiss.IndexIVFFlat(quantizer, WIDTH, CELLS, kind)
    peer.quantizer = quantizer  # kept as long as the index that uses it
    peer.cp.niter = 5
    peer.train(X[::4])
    peer.add(X)
    peer.nprobe = PROBED
    return rag.IVF(X, CELLS), peer


@cache
def their_encoder() -> Any:
    """Return the library's encoder, with the same weights."""
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(WEIGHTS.path().parent), device="cpu")


def encode_by_library() -> Any:
    """Encode with as many threads as NumPy may use."""
    import torch

    counts = [pool["num_threads"] for pool in threadpool_info()]
    torch.set_num_threads(max(counts, default=1))
    return their_encoder().encode(encoded)


BENCHMARKS = [
    Benchmark(
        f"BM25 index of {INDEXED:,} fields",
        "bm25s",
        lambda: rag.BM25(fields[:INDEXED]),
        index_by_library,
        aim=0.7,
    ),
    Benchmark(
        f"BM25 scores of 50 questions in {len(fields):,} fields",
        "bm25s",
        lambda: [our_bm25().scores(question) for question in asked],
        lambda: [their_bm25().get_scores(question) for question in words],
        aim=1.3,
    ),
    Benchmark(
        f"BM25 top 10 of 50 questions in {len(fields):,} fields",
        "bm25s",
        lambda: [our_bm25().search(question) for question in asked],
        lambda: [
            their_bm25().retrieve([question], k=10, show_progress=False)
            for question in words
        ],
        aim=0.5,
    ),
    Benchmark(
        f"top 10 of {QUERIES} vectors in {ROWS:,} × {WIDTH}",
        "FAISS",
        lambda: flat()[0].search(Q, 10),
        lambda: flat()[1].search(Q, 10),
        aim=0.5,
    ),
    Benchmark(
        f"top 10 of {MANY} vectors in {PROBED} of {CELLS} cells",
        "FAISS",
        lambda: cells()[0].search(X[:MANY], 10, PROBED),
        lambda: cells()[1].search(X[:MANY], 10),
        aim=1.0,
    ),
    Benchmark(
        f"vectors of {ENCODED} lines",
        "sentence-transformers",
        lambda: rag.load_encoder().encode(encoded),
        encode_by_library,
        aim=1.4,
    ),
]
