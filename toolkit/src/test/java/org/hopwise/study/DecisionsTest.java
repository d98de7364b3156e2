package org.hopwise.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hopwise.Seed;
import org.hopwise.internal.WeightsDoor;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.Dale;
import org.hopwise.rnn.Dynamics;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.task.Loss;
import org.hopwise.task.Task;
import org.hopwise.task.TaskShape;
import org.hopwise.task.Tasks;
import org.hopwise.train.Trainer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class DecisionsTest {

    /** Input o shows at once which output is to be chosen; the go signal comes with the last steps. */
    private static final Task COPY = Task.of("copy", new TaskShape(2, 2, 6, 6), Loss.CROSS_ENTROPY, (trial, random) -> {
        int answer = random.nextInt(2);
        trial.condition("answer", answer);
        trial.input(0, 2, 0, 1);
        trial.choice(0, 2, 0);
        trial.choice(2, 4, answer, 0);
        trial.input(4, 6, answer, 1);
        trial.choice(4, 6, answer);
    });

    private static RecurrentNetwork copying(double sign) {
        return RecurrentNetwork.of(
                Weights.of(Nd4j.eye(2).muli(sign), Nd4j.zeros(2, 2), Nd4j.eye(2)), Activation.LINEAR);
    }

    @Test
    void aNetworkThatCopiesIsAlwaysRightAndHolds() {
        Decisions right = Decisions.of(copying(1), COPY, 50, Seed.of(1));
        assertEquals(1, right.accuracy());
        assertEquals(1, right.held());
        Decisions wrong = Decisions.of(copying(-1), COPY, 50, Seed.of(1));
        assertEquals(0, wrong.accuracy());
        assertEquals(0, wrong.held());
        assertEquals(2, right.byCondition().rowCount());
        assertEquals(50, (int) right.byCondition().intColumn("trials").sum());
    }

    @Test
    void whatIsNoConditionOutputOrRuleIsRefused() {
        Decisions decisions = Decisions.of(copying(1), COPY, 10, Seed.of(1));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> decisions.psychometric(1, "side"))
                .getMessage()
                .contains("no condition 'side'; it has [answer]"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> decisions.psychometric(2, "answer"))
                .getMessage()
                .contains("output is 2"));
        assertThrows(IllegalArgumentException.class, decisions::isSolved);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Evaluation.of(copying(1), COPY, 10, Seed.of(1)))
                .getMessage()
                .contains("use Decisions"));
    }

    @Test
    void goOrNoGoIsSolvedByAHundredUpdatesOfOneNetwork() {
        Task task = Tasks.gonogo();
        RecurrentNetwork start =
                RecurrentNetwork.normal(task, 32, Activation.RELU, Seed.of(1)).with(Dynamics.current(0.2));
        assertFalse(Decisions.of(start, task, 200, Seed.of(2)).isSolved());
        RecurrentNetwork trained = Trainer.adam(1e-2)
                .updates(150)
                .seed(Seed.of(3))
                .trainStart()
                .activity(1e-4)
                .dale(Dale.ratio(0.8))
                .train(Dale.ratio(0.8).start(start), task)
                .network();
        Decisions decisions = Decisions.of(trained, task, 500, Seed.of(2));
        assertTrue(decisions.isSolved(), decisions.toString());
        double[] weights = WeightsDoor.copy(trained.weights()).recurrent().data;
        for (int at = 0; at < weights.length; at++) {
            assertTrue(at % 32 < 25 ? weights[at] >= 0 : weights[at] <= 0, "weight " + at);
        }
        assertTrue(trained.start().stream().anyMatch(x -> x != 0));
    }
}
