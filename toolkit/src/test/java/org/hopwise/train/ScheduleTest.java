package org.hopwise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.hopwise.Seed;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.task.HierarchicalTask;
import org.hopwise.task.Tasks;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;

class ScheduleTest {

    private static final HierarchicalTask TASK = Tasks.averaging().size(4, 2).steps(3);
    private static final RecurrentNetwork START = RecurrentNetwork.random(TASK, 5, Activation.TANH, Seed.of(1));
    private static final Penalty FULL = Penalty.hopwise(0.5, 0.8, 3);

    @Test
    void aDelayedScheduleIsOffThenRisesLinearlyThenIsFull() {
        Schedule schedule = Schedule.delayed(0.3, 0.3);
        assertEquals(0, schedule.factor(0));
        assertEquals(0, schedule.factor(0.3));
        assertEquals(0.5, schedule.factor(0.45), 1e-12);
        assertEquals(1, schedule.factor(0.6));
        assertEquals(1, schedule.factor(1));
    }

    @Test
    void aConstantScheduleIsAlwaysFull() {
        assertEquals(1, Schedule.constant().factor(0));
        assertEquals(1, Schedule.constant().factor(1));
    }

    @Test
    void aScheduleWithoutARiseSwitchesOnAtOnce() {
        assertEquals(0, Schedule.delayed(0.5, 0).factor(0.49));
        assertEquals(1, Schedule.delayed(0.5, 0).factor(0.5));
    }

    @Test
    void theTrainerAppliesTheScheduleByUpdate() {
        // So small a rate leaves the weights, and with them the full penalty, as they were.
        DoubleColumn penalty = Trainer.adam(1e-12)
                .updates(10)
                .batch(4)
                .precision(Precision.DOUBLE)
                .penalty(FULL.from(Schedule.delayed(0.3, 0.4)))
                .train(START, TASK)
                .history()
                .toTable()
                .doubleColumn("penalty");
        double full = FULL.cost(START.weights());
        double[] factors = {0, 0, 0, 0, 0.25, 0.5, 0.75, 1, 1, 1};
        for (int n = 0; n < 10; n++) {
            assertEquals(factors[n] * full, penalty.getDouble(n), 1e-8 * full, "update " + (n + 1));
        }
    }

    @Test
    void untilThePenaltyRisesTrainingIsThatWithoutOne() {
        Trainer trainer = Trainer.adam(1e-2).updates(9).batch(4);
        assertEquals(
                trainer.train(START, TASK).weights().recurrent(),
                trainer.penalty(FULL.from(Schedule.delayed(1, 0)))
                        .train(START, TASK)
                        .weights()
                        .recurrent());
    }

    @Test
    void aScheduleInsideASumLeavesTheOtherPartsAlone() {
        Penalty sum = Penalty.l1(0.1).plus(FULL.from(Schedule.delayed(0.5, 0.5)));
        Weights w = START.weights();
        assertEquals(Penalty.l1(0.1).cost(w), sum.at(0.2).cost(w), 1e-15);
        assertEquals(Penalty.l1(0.1).cost(w) + 0.5 * FULL.cost(w), sum.at(0.75).cost(w), 1e-12);
        assertEquals(Penalty.l1(0.1).cost(w) + FULL.cost(w), sum.cost(w), 1e-12);
    }

    @Test
    void halfwayTheGradientIsHalved() {
        Penalty half = FULL.from(Schedule.delayed(0, 1)).at(0.5);
        org.hopwise.Golden.assertClose(
                FULL.gradient(START.weights()).recurrent().mul(0.5),
                half.gradient(START.weights()).recurrent(),
                "gradient");
    }

    @Test
    void provenanceTellsTheSchedule() {
        String told = Trainer.adam(1e-3)
                .updates(1)
                .penalty(Penalty.l1(0.1).from(Schedule.delayed(0.3, 0.2)))
                .train(START, TASK)
                .provenance()
                .entries()
                .get("penalty");
        assertEquals("L1 (beta 0.1), off for 0.3 of the updates, rising over 0.2", told);
    }

    @Test
    void phasesThatDoNotFitAreRefused() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Schedule.delayed(0.75, 0.5));
        assertEquals(
                "off = 0.75 and rise = 0.5 add up to 1.25; they must fit into the training, so choose fractions that add "
                        + "up to at most 1.",
                refusal.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Schedule.delayed(-0.1, 0.5));
        assertThrows(IllegalArgumentException.class, () -> Schedule.delayed(0, Double.NaN));
    }
}
