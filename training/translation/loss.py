"""The training loss: cross entropy over the target's own pieces, smoothed."""

from __future__ import annotations

from typing import Any


def sequence_loss(
    model: Any, source: Any, target: Any, *, targets: int, smoothing: float, frozen: bool
) -> Any:
    """Return the mean loss of a batch's target tokens.

    ``source`` (n, s) and ``target`` (n, t) are padded id tensors. Only real target positions
    meet the output matrix, and only its first ``targets`` rows: the rest can never be written.
    """
    import torch
    from torch.nn import functional

    pad = model.config.pad_token_id
    mask = (source != pad).long()
    with torch.set_grad_enabled(torch.is_grad_enabled() and not frozen):
        states = model.model.encoder(input_ids=source, attention_mask=mask).last_hidden_state
    shifted = torch.cat([torch.full_like(target[:, :1], pad), target[:, :-1]], dim=1)
    hidden = model.model.decoder(
        input_ids=shifted,
        encoder_hidden_states=states,
        encoder_attention_mask=mask,
        use_cache=False,
    ).last_hidden_state
    real = target != pad
    logits = functional.linear(hidden[real], model.lm_head.weight[:targets])
    return functional.cross_entropy(logits.float(), target[real], label_smoothing=smoothing)
