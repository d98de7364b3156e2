package org.hopwise.train;

import java.util.Arrays;
import java.util.List;
import org.hopwise.Seed;
import org.hopwise.internal.WeightsDoor;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.task.HierarchicalTask;
import org.hopwise.task.Tasks;

/** A few short trainings, told as one checksum of all weights each; sizes leave a rest in every loop. */
final class PlainTraining {

    private PlainTraining() {}

    public static void main(String[] args) {
        System.out.println(checksums());
    }

    static List<Integer> checksums() {
        HierarchicalTask task = Tasks.multiplication().size(12, 4).steps(6);
        RecurrentNetwork start = RecurrentNetwork.random(task, 37, Activation.TANH, Seed.of(1));
        Trainer trainer = Trainer.adam(3e-3).updates(40).batch(30);
        return Arrays.stream(PenaltyKind.values())
                .map(kind -> trainer.penalty(kind.of(1e-3, 0.8, 6))
                        .train(start, task)
                        .weights())
                .map(weights -> Arrays.hashCode(new int[] {
                    Arrays.hashCode(WeightsDoor.copy(weights).input().data),
                    Arrays.hashCode(WeightsDoor.copy(weights).recurrent().data),
                    Arrays.hashCode(WeightsDoor.copy(weights).output().data)
                }))
                .toList();
    }
}
