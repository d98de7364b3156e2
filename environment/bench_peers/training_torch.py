"""Updates of a recurrent network in PyTorch: its fused layer for one network, its own Adam, all arrays resident."""

import torch
import training_data
from training_data import ALPHA, BETA, RATE


class Work:
    def __init__(self, library, request):
        torch.set_num_threads(request["threads"])
        self._request = request
        self._x, self._y = (torch.tensor(array) for array in training_data.trials(request))
        self._begin()

    def _begin(self):
        w_in, w, w_out, b, c = (torch.tensor(array) for array in training_data.start(self._request))
        self._rnn = torch.nn.RNN(w_in.shape[0], w.shape[0], nonlinearity="tanh")
        self._read = torch.nn.Linear(w.shape[0], w_out.shape[1])
        with torch.no_grad():
            self._rnn.weight_ih_l0.copy_(w_in.T)
            self._rnn.weight_hh_l0.copy_(w.T)
            self._rnn.bias_ih_l0.copy_(b)
            self._rnn.bias_hh_l0.zero_()
            self._read.weight.copy_(w_out.T)
            self._read.bias.copy_(c)
        # One bias a hidden unit, as in the others.
        self._rnn.bias_hh_l0.requires_grad_(False)
        learned = [p for p in [*self._rnn.parameters(), *self._read.parameters()] if p.requires_grad]
        self._adam = torch.optim.Adam(learned, lr=RATE)

    def _penalty(self):
        kind = self._request["penalty"]
        w_in, w, w_out = self._rnn.weight_ih_l0.T, self._rnn.weight_hh_l0.T, self._read.weight.T
        if kind == "none":
            return 0.0
        if kind == "l1":
            return BETA * sum(matrix.abs().sum() for matrix in (w_in, w, w_out))
        reached, factor, total, summed = w_in, ALPHA**2, 0.0, 0.0
        for _ in range(self._request["length"]):
            if kind == "hopwise":
                total = total + factor * (reached @ w_out).abs().sum()
            summed = summed + factor * reached
            reached, factor = reached @ w, factor * ALPHA
        return BETA * (total if kind == "hopwise" else (summed @ w_out).abs().sum())

    def _update(self):
        self._adam.zero_grad(set_to_none=True)
        answer = self._read(self._rnn(self._x)[0][-1])
        loss = ((answer - self._y) ** 2).mean()
        (loss + self._penalty()).backward()
        self._adam.step()
        return loss.detach()

    def run(self, count):
        for _ in range(count):
            loss = self._update()
            if self._request["read"]:
                float(loss)

    def check(self):
        """The losses of the first 50 updates from the start."""
        self._begin()
        return [float(self._update()) for _ in range(50)]

    def versions(self):
        return {"PyTorch": torch.__version__}
