"""Updates of a low-rank network by variational sequential Monte Carlo in PyTorch, as its authors write it or leaner."""

import math

import numbers_of_all
import torch
from torch.distributions import MultivariateNormal, Normal

DECAY, NOISE, SIZE, RATE = 0.7, 0.1, 0.5, 1e-3


def _learned(values):
    return torch.nn.Parameter(torch.as_tensor(values, dtype=torch.float32))


class Work:
    """Style "published" takes three densities for a weight, "lean" its closed form: the same number and slope."""

    def __init__(self, library, request):
        torch.set_num_threads(request["threads"])
        torch.manual_seed(1)
        units, rank, length = request["units"], request["rank"], request["length"]
        self._batch, self._particles = request["batch"], request["particles"]
        self._lean = request["style"] == "lean"
        draw = numbers_of_all.uniform
        self._left = _learned(draw(1, units, rank) / math.sqrt(rank))
        self._right = _learned(draw(2, rank, units) / math.sqrt(units))
        self._bias = _learned(draw(3, units) * 0.1)
        self._seen = torch.tensor(draw(4, self._batch, length, units) * SIZE, dtype=torch.float32)
        self._log_rate = _learned(math.log(-math.log(DECAY)))
        self._mean = _learned([0.0] * rank)
        self._noise = _learned(torch.eye(rank) * 2 * math.log(NOISE))
        self._first_noise = _learned(torch.zeros(rank, rank))
        self._log_variance = _learned([2 * math.log(NOISE)] * units)
        learned = [self._left, self._right, self._bias, self._log_rate, self._mean, self._noise, self._first_noise,
                   self._log_variance]
        self._adam = torch.optim.RAdam(learned, lr=RATE)

    def _gain(self, factor, variance):
        """Of one step: diag(r)^-1 M, the covariance of the proposal, its root, and what is constant in a log weight."""
        scaled = self._left / variance[:, None]
        covariance = torch.linalg.inv(torch.cholesky_inverse(factor) + self._left.T @ scaled)
        root = torch.linalg.cholesky((covariance + covariance.T) / 2)
        logs = torch.log(variance).sum() + len(variance) * math.log(2 * math.pi)
        logs = logs + 2 * torch.log(torch.diagonal(factor)).sum() - 2 * torch.log(torch.diagonal(root)).sum()
        return factor, scaled, covariance, root, -0.5 * logs

    def _step(self, seen, mean, gain, variance):
        """Particles and log weights."""
        factor, scaled, covariance, root, constant = gain
        away = seen[:, None] - mean @ self._left.T
        pull = away @ scaled
        centre = mean + pull @ covariance
        if self._lean:
            particles = centre + torch.randn_like(centre) @ root.T
            square = (away * away) @ (1 / variance) - (pull @ covariance * pull).sum(-1)
            return particles, constant - 0.5 * square
        proposal = MultivariateNormal(centre, scale_tril=root)
        particles = proposal.rsample()
        likelihood = Normal(particles @ self._left.T, torch.sqrt(variance)).log_prob(seen[:, None]).sum(-1)
        prior = MultivariateNormal(mean, scale_tril=factor).log_prob(particles)
        return particles, likelihood + prior - proposal.log_prob(particles)

    def _ancestors(self, log_weights):
        sums = torch.softmax(log_weights.detach().double(), 1).cumsum(1)
        places = torch.rand(self._batch, 1, dtype=torch.double) + torch.arange(self._particles)
        return torch.searchsorted(sums / sums[:, -1:], places / self._particles)

    def _bound(self):
        decay, variance = torch.exp(-torch.exp(self._log_rate)), torch.exp(self._log_variance)
        first, later = (
            self._gain(torch.tril(noise, -1) + torch.diag(torch.exp(torch.diagonal(noise) / 2)), variance)
            for noise in (self._first_noise, self._noise)
        )
        total = 0.0
        mean = self._mean.expand(self._batch, self._particles, -1)
        for step in range(self._seen.shape[1]):
            particles, weights = self._step(self._seen[:, step], mean, later if step else first, variance)
            total = total + torch.logsumexp(weights, 1) - math.log(self._particles)
            chosen = self._ancestors(weights)[..., None].expand(-1, -1, particles.shape[-1])
            parents = torch.gather(particles, 1, chosen)
            mean = decay * parents + torch.relu(parents @ self._left.T - self._bias) @ self._right.T
        return total.mean() / self._seen.shape[1]

    def run(self, count):
        for _ in range(count):
            self._adam.zero_grad(set_to_none=True)
            bound = self._bound()
            (-bound).backward()
            self._adam.step()
            float(bound.detach())

    def check(self):
        with torch.no_grad():
            return [self._bound()]

    def versions(self):
        return {"PyTorch": torch.__version__}
