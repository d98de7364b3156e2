package org.hopwise.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
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
import tech.tablesaw.api.Table;

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

    @Test
    void choicesAreCountedByConditionAndOutput() {
        Table right = Decisions.of(copying(1), COPY, 50, Seed.of(1)).chosen(1, "answer");
        Table wrong = Decisions.of(copying(-1), COPY, 50, Seed.of(1)).chosen(1, "answer");
        assertEquals(List.of("answer", "trials", "chosen", "share"), right.columnNames());
        assertEquals(List.of(0.0, 1.0), right.doubleColumn("answer").asList());
        assertEquals(50, (int) right.intColumn("trials").sum());
        assertEquals(List.of(0.0, 1.0), right.doubleColumn("share").asList());
        assertEquals(List.of(1.0, 0.0), wrong.doubleColumn("share").asList());
        assertTrue(assertThrows(
                        IllegalArgumentException.class,
                        () -> Decisions.of(copying(1), COPY, 5, Seed.of(1)).chosen(2, "answer"))
                .getMessage()
                .contains("the outputs of task 'copy' go from 0 to 1"));
    }

    @Test
    void aSilencedUnitCostsTheAnswersThatItCarriesAndNoOthers() {
        // Unit 1 carries answer 1; without it its output stays at 0, which the biased output 0 beats. Unit 3 carries
        // nothing.
        Weights weights = Weights.of(
                Nd4j.create(new double[][] {{1, 0}, {0, 1}, {1, 1}}),
                Nd4j.zeros(3, 3),
                Nd4j.create(new double[][] {{1, 0, 0}, {0, 1, 0}}),
                Nd4j.zeros(3),
                Nd4j.create(new double[] {0.1, 0}));
        Table lesions =
                Decisions.silenced(RecurrentNetwork.of(weights, Activation.LINEAR), COPY, "answer", 40, Seed.of(1));
        assertEquals(List.of("unit", "answer", "accuracy", "drop"), lesions.columnNames());
        assertEquals(List.of(1, 1, 2, 2, 3, 3), lesions.intColumn("unit").asList());
        assertEquals(
                List.of(0.0, 0.0, 0.0, 1.0, 0.0, 0.0),
                lesions.doubleColumn("drop").asList());
        assertEquals(
                List.of(1.0, 1.0, 1.0, 0.0, 1.0, 1.0),
                lesions.doubleColumn("accuracy").asList());
    }

    @Test
    void lesionsAreRefusedWhereNothingIsChosen() {
        RecurrentNetwork network = RecurrentNetwork.normal(Tasks.flipflop(), 4, Activation.TANH, Seed.of(1));
        assertTrue(assertThrows(
                        IllegalArgumentException.class,
                        () -> Decisions.silenced(network, Tasks.flipflop(), "sign", 5, Seed.of(1)))
                .getMessage()
                .contains("by squares"));
        assertTrue(assertThrows(
                        IllegalArgumentException.class,
                        () -> Decisions.silenced(copying(1), COPY, "side", 5, Seed.of(1)))
                .getMessage()
                .contains("no condition 'side'"));
    }
}
