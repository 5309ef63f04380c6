"""Small random checkpoints of the real classes, with the file sets that the real ones have.

They translate nothing, but every file, class and code path is the one of opus-mt, BART, T5 and
mT5, so what holds for them (tokenization, decoding options, conversion) holds for those. Weights
are drawn from a seed and large enough that different inputs give different outputs. Needs torch
and transformers; import this module only in tests marked ``torch``.
"""

from __future__ import annotations

import io
import json
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

Weights = Literal["safetensors", "bin"]

ARABIC = (
    "أعلن المتحدث باسم الحكومة اليوم أن المفاوضات ستستأنف في جنيف يوم 14 يوليو (تموز) المقبل.",
    "وقالت الوزيرة: «لن نقبل أي اتفاق لا يضمن حقوق العمال»، مشيرة إلى أن الأسعار ارتفعت 3.5%.",
    "هل توافق الشركة على دفع ١٫٨ مليار دولار؟ لم يردّ مديرها إيلون ماسك على الأسئلة بعد.",
    "وأشارت الصحيفة إلى أن الرئيس فلاديمير بوتين طلب من رجل الأعمال تأجيل تشغيل الخدمة؛ فرفض.",
    "وفي حين رحّب خبراء بالقرار، حذّر آخرون من آثاره على سوق النفط والاقتصاد في المنطقة.",
)
ENGLISH = (
    "The government spokesman said on Monday that negotiations will resume in Geneva on July 14.",
    '"We will accept no deal that fails to protect workers," the minister said; prices rose 3.5%.',
    "Will the company pay $1.8 billion? Its director, Elon Musk, has not answered questions yet.",
    "The newspaper reported that President Vladimir Putin asked the businessman to delay it.",
    "While experts welcomed the decision, others warned of its effects on oil and the economy.",
)


def marian(
    folder: Path,
    *,
    separate_vocabularies: bool = False,
    target_tokens: Iterable[str] = (),
    texts: tuple[Sequence[str], Sequence[str]] = (ENGLISH, ARABIC),
    pieces: int = 220,
    vocabulary_size: int | None = None,
    weights: Weights = "safetensors",
    seed: int = 0,
    **config: Any,
) -> Path:
    """A MarianMTModel with the file set of Helsinki-NLP/opus-mt-*, English to Arabic.

    ``target_tokens`` such as ``>>ara<<`` join the vocabulary as a multilingual opus-mt has them.
    ``texts`` and ``pieces`` make the two SentencePiece models; ``vocabulary_size`` fills a shared
    vocabulary up with tokens that no text has, for a model of the real size.
    """
    import torch
    import transformers

    folder.mkdir(parents=True, exist_ok=True)
    source = _sentencepiece(texts[0], folder / "source.spm", pieces)
    target = _sentencepiece(texts[1], folder / "target.spm", pieces)
    head = ["</s>", "<unk>", *target_tokens]
    read, written = [*head, *source, "<pad>"], ["</s>", "<unk>", *target, "<pad>"]
    if not separate_vocabularies:
        read = written = [*head, *dict.fromkeys([*source, *target]), "<pad>"]
        missing = (vocabulary_size or 0) - len(read)
        read[-1:-1] = [f"<filler_{index}>" for index in range(missing)]
    _write_vocabulary(folder / "vocab.json", read)
    if separate_vocabularies:
        _write_vocabulary(folder / "target_vocab.json", written)
    tokenizer_config = {
        "source_lang": "en", "target_lang": "ar", "model_max_length": 512,
        "tokenizer_class": "MarianTokenizer", "separate_vocabs": separate_vocabularies,
    }  # fmt: skip
    _write_json(folder / "tokenizer_config.json", tokenizer_config)

    pad = len(written) - 1
    sizes = {
        "d_model": 32, "encoder_layers": 2, "decoder_layers": 2, "encoder_attention_heads": 4,
        "decoder_attention_heads": 4, "encoder_ffn_dim": 64, "decoder_ffn_dim": 64,
        "max_position_embeddings": 512, "scale_embedding": True, "init_std": 0.4,
    }  # fmt: skip
    torch.manual_seed(seed)
    model = transformers.MarianMTModel(
        transformers.MarianConfig(
            vocab_size=len(read), decoder_vocab_size=len(written),
            share_encoder_decoder_embeddings=not separate_vocabularies,
            eos_token_id=0, forced_eos_token_id=0, pad_token_id=pad, decoder_start_token_id=pad,
            activation_function="swish", **{**sizes, **config},
        )
    ).eval()  # fmt: skip
    _enliven(model, end=0)
    model.generation_config.update(
        num_beams=4, max_length=64, bad_words_ids=[[pad]], renormalize_logits=True,
        bos_token_id=0, eos_token_id=0, forced_eos_token_id=0, pad_token_id=pad,
        decoder_start_token_id=pad,
    )  # fmt: skip
    return _save(model, folder, weights)


def bart(folder: Path, *, weights: Weights = "safetensors", seed: int = 0, **config: Any) -> Path:
    """A BartForConditionalGeneration with the file set of facebook/bart-large-cnn."""
    import tokenizers
    import torch
    import transformers

    folder.mkdir(parents=True, exist_ok=True)
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    trained = tokenizers.ByteLevelBPETokenizer()
    trained.train_from_iterator(
        ENGLISH + ARABIC, vocab_size=420, special_tokens=special, show_progress=False
    )
    trained.save_model(str(folder))
    vocab, merges = str(folder / "vocab.json"), str(folder / "merges.txt")
    transformers.BartTokenizer(vocab=vocab, merges=merges).save_pretrained(folder)
    sizes = {
        "d_model": 32, "encoder_layers": 2, "decoder_layers": 2, "encoder_attention_heads": 4,
        "decoder_attention_heads": 4, "encoder_ffn_dim": 64, "decoder_ffn_dim": 64,
        "max_position_embeddings": 256, "init_std": 0.5,
    }  # fmt: skip
    torch.manual_seed(seed)
    model = transformers.BartForConditionalGeneration(
        transformers.BartConfig(
            vocab_size=trained.get_vocab_size(), bos_token_id=0, pad_token_id=1, eos_token_id=2,
            decoder_start_token_id=2, **{**sizes, **config},
        )
    ).eval()  # fmt: skip
    _enliven(model, end=2)
    model.generation_config.update(
        num_beams=4, max_length=60, min_length=12, length_penalty=2.0, no_repeat_ngram_size=3,
        early_stopping=True, forced_bos_token_id=0, forced_eos_token_id=2, bos_token_id=0,
        pad_token_id=1, eos_token_id=2, decoder_start_token_id=2,
    )  # fmt: skip
    return _save(model, folder, weights)


def t5(folder: Path, *, weights: Weights = "safetensors", seed: int = 0, **config: Any) -> Path:
    """A T5ForConditionalGeneration with tied output weights, as google-t5/t5-small has them."""
    import transformers

    return _t5_like(
        folder, transformers.T5Config, transformers.T5ForConditionalGeneration, weights, seed,
        {"feed_forward_proj": "relu", "tie_word_embeddings": True, **config},
    )  # fmt: skip


def mt5(folder: Path, *, weights: Weights = "safetensors", seed: int = 0, **config: Any) -> Path:
    """An MT5ForConditionalGeneration with the file set of csebuetnlp/mT5_multilingual_XLSum.

    As there: no tokenizer.json, and the decoding settings lie in config.json.
    """
    import transformers

    _t5_like(
        folder, transformers.MT5Config, transformers.MT5ForConditionalGeneration, weights, seed,
        {"feed_forward_proj": "gated-gelu", **config},
    )  # fmt: skip
    settings = {"num_beams": 4, "max_length": 84, "length_penalty": 0.6, "no_repeat_ngram_size": 2}
    (folder / "generation_config.json").unlink()
    (folder / "tokenizer.json").unlink()
    saved = json.loads((folder / "config.json").read_text("utf-8"))
    _write_json(folder / "config.json", saved | settings)
    return folder


def _t5_like(
    folder: Path,
    config_class: Any,
    model_class: Any,
    weights: Weights,
    seed: int,
    config: dict[str, Any],
) -> Path:
    import torch
    import transformers

    folder.mkdir(parents=True, exist_ok=True)
    spiece = folder / "spiece.model"
    _sentencepiece(ENGLISH + ARABIC, spiece, pad_id=0, eos_id=1, unk_id=2, bos_id=-1)
    tokenizer = transformers.T5Tokenizer.from_pretrained(str(folder), extra_ids=0)
    tokenizer.save_pretrained(folder)
    sizes = {
        "d_model": 32, "d_kv": 8, "d_ff": 64, "num_layers": 2, "num_heads": 4,
        "initializer_factor": 1.0,
    }  # fmt: skip
    torch.manual_seed(seed)
    model = model_class(
        config_class(
            vocab_size=len(tokenizer) + 4, pad_token_id=0, eos_token_id=1,
            decoder_start_token_id=0, **{**sizes, **config},
        )
    ).eval()  # fmt: skip
    model.generation_config.update(
        num_beams=4, max_length=48, no_repeat_ngram_size=3, pad_token_id=0, eos_token_id=1,
        decoder_start_token_id=0,
    )  # fmt: skip
    return _save(model, folder, weights)


def _sentencepiece(
    sentences: Iterable[str], path: Path, pieces: int = 220, **special: int
) -> list[str]:
    """Train a small unigram model into ``path``; its pieces without the special ones."""
    import sentencepiece

    written = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences), model_writer=written, vocab_size=pieces,
        model_type="unigram", character_coverage=1.0, hard_vocab_limit=False, num_threads=1,
        minloglevel=2, **{"bos_id": -1, "eos_id": 0, "unk_id": 1, "pad_id": -1, **special},
    )  # fmt: skip
    path.write_bytes(written.getvalue())
    processor = sentencepiece.SentencePieceProcessor(model_proto=written.getvalue())
    ids = range(processor.vocab_size())
    return [processor.id_to_piece(i) for i in ids if not _is_special(processor, i)]


def _is_special(processor: Any, piece: int) -> bool:
    return bool(processor.is_control(piece) or processor.is_unknown(piece))


def _write_vocabulary(path: Path, tokens: list[str]) -> None:
    _write_json(path, {token: index for index, token in enumerate(tokens)})


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")


def _enliven(model: Any, end: int) -> None:
    """Make outputs vary with the input and end at some point.

    Drawn alike, tied embeddings make a post-norm model repeat its first token for ever; here the
    layers outweigh the embeddings (n-gram blocking varies the outputs further). The output bias
    has values, as in opus-mt, so that an engine that loses it is found out; ``end`` is the token
    that it favours.
    """
    import torch

    with torch.no_grad():
        for name, weight in model.named_parameters():
            if name.endswith("shared.weight") or "embed_tokens" in name:
                weight.mul_(0.2)
            elif "norm" not in name and "embed_positions" not in name:
                weight.mul_(3)
        model.final_logits_bias.copy_(0.1 * torch.randn_like(model.final_logits_bias))
        model.final_logits_bias[0, end] = 0.6


def _save(model: Any, folder: Path, weights: Weights) -> Path:
    import torch

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        model.save_pretrained(folder)
    if weights == "bin":
        torch.save(model.state_dict(), folder / "pytorch_model.bin")
        (folder / "model.safetensors").unlink()
    return folder
