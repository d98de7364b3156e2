package org.hopwise.critical;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongPredicate;
import org.hopwise.internal.Check;
import org.hopwise.internal.machine.Interruption;
import org.hopwise.internal.machine.Memory;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * A run of a lattice from a start under an input. It is a recipe: each question plays it anew, with the same bits on any
 * number of threads, and no state is kept but what was asked for. A step costs two Fourier transforms, about 0.05 ms for a
 * ring of 2,048 sites.
 */
public final class LatticeRun {

    private final String name;
    private final Shape shape;
    /** What each wave is multiplied by, re, im, re, im, ... */
    private final double[] factors;

    private final Field start;
    private final Drive input;
    private final long steps;
    private final long every;

    LatticeRun(String name, Shape shape, double[] factors, Field start, Drive input, long steps, long every) {
        shape.requireSame("start", start.shape());
        input.on(Layout.of(shape));
        this.name = name;
        this.shape = shape;
        this.factors = factors;
        this.start = start;
        this.input = input;
        this.steps = requireSteps("steps", steps);
        this.every = every;
    }

    static long requireSteps(String name, long steps) {
        if (steps < 0) {
            throw new IllegalArgumentException("%s is %d; it must be 0 or more.".formatted(name, steps));
        }
        return steps;
    }

    /**
     * How many steps lie between two records; 1 unless set. Step 0 is recorded.
     *
     * @param steps at least 1
     * @return a copy with the setting
     */
    public LatticeRun every(int steps) {
        return new LatticeRun(name, shape, factors, start, input, this.steps, Check.positive("every", steps));
    }

    /**
     * The state after the last step.
     *
     * @return Z_steps
     * @throws IllegalStateException if a number is no longer finite, with the step
     * @throws org.hopwise.StoppedException if the calling thread is interrupted
     */
    public Field last() {
        return Field.wrap(shape, play(steps, step -> false, (step, z) -> {}));
    }

    /**
     * All records, one row a step and site: {@code step}, then the columns of {@link Field#toTable()}. Memory: 48 bytes a
     * row.
     *
     * @return the table
     * @throws IllegalStateException if a number is no longer finite, with the step
     * @throws org.hopwise.StoppedException if the calling thread is interrupted
     */
    public Table toTable() {
        Memory.require(
                "%d records of %s".formatted(records(), shape),
                48.0 * records() * shape.sites(),
                "Record fewer steps with every");
        Table[] all = new Table[1];
        play(steps, this::recorded, (step, z) -> {
            Table record = Field.wrap(shape, z.clone()).toTable();
            int[] now = new int[record.rowCount()];
            Arrays.fill(now, counted(step));
            record.insertColumn(0, IntColumn.create("step", now));
            all[0] = all[0] == null ? record : all[0].append(record);
        });
        return all[0].setName("run");
    }

    /**
     * How large activity is over time, one row a record: {@code step}, {@code rms}, the root of the mean squared modulus
     * over sites.
     *
     * @return the table
     * @throws IllegalStateException if a number is no longer finite, with the step
     * @throws org.hopwise.StoppedException if the calling thread is interrupted
     */
    public Table rms() {
        Table table = Table.create("rms", IntColumn.create("step"), DoubleColumn.create("rms"));
        play(steps, this::recorded, (step, z) -> {
            table.intColumn("step").append(counted(step));
            table.doubleColumn("rms").append(Math.sqrt(Field.wrap(shape, z).power()));
        });
        return table;
    }

    /**
     * How large activity is at some steps, such as 10, 100, 1,000: as {@link #rms()}, for steps that are not evenly apart.
     *
     * @param at rising numbers of steps, from 0 to the last step
     * @return the table
     * @throws IllegalArgumentException if they do not rise or are outside
     * @throws IllegalStateException if a number is no longer finite, with the step, or the thread was interrupted
     */
    public Table rms(long... at) {
        for (int i = 0; i < at.length; i++) {
            if (at[i] < (i == 0 ? 0 : at[i - 1] + 1) || at[i] > steps) {
                throw new IllegalArgumentException(
                        "steps are %s; they must rise, from 0 to %d.".formatted(Arrays.toString(at), steps));
            }
        }
        Table table = Table.create("rms", IntColumn.create("step"), DoubleColumn.create("rms"));
        long last = at.length == 0 ? 0 : at[at.length - 1];
        play(last, step -> Arrays.binarySearch(at, step) >= 0, (step, z) -> {
            table.intColumn("step").append(counted(step));
            table.doubleColumn("rms").append(Math.sqrt(Field.wrap(shape, z).power()));
        });
        return table;
    }

    /**
     * How far and how strongly a disturbance has spread, one row a record, with columns step, size and distance: the root of
     * the sum of squared moduli of what differs from the state of rest, and the mean distance of these squares from a place,
     * the shortest way round.
     *
     * @param rest the state without the disturbance, which does not change
     * @param site where the disturbance came from
     * @return the table; distance 0 where nothing differs
     * @throws IllegalStateException if a number is no longer finite, with the step, or the thread was interrupted
     */
    public Table spread(Field rest, int site) {
        shape.requireSame("rest", rest.shape());
        double[] away = shape.distances(shape.site("site", site));
        Table table = Table.create(
                "spread", IntColumn.create("step"), DoubleColumn.create("size"), DoubleColumn.create("distance"));
        play(steps, this::recorded, (step, z) -> {
            double size = 0;
            double moment = 0;
            for (int x = 0; x < away.length; x++) {
                double re = z[2 * x] - rest.interleaved()[2 * x];
                double im = z[2 * x + 1] - rest.interleaved()[2 * x + 1];
                size += re * re + im * im;
                moment += away[x] * (re * re + im * im);
            }
            table.intColumn("step").append(counted(step));
            table.doubleColumn("size").append(Math.sqrt(size));
            table.doubleColumn("distance").append(size == 0 ? 0 : moment / size);
        });
        return table;
    }

    /**
     * Mean of the squared moduli over sites and records, without those before a step.
     *
     * @param after records up to this step are left out, so that the start is forgotten
     * @return 0 or more
     * @throws IllegalArgumentException if there is no record after this step
     * @throws IllegalStateException if a number is no longer finite, with the step
     * @throws org.hopwise.StoppedException if the calling thread is interrupted
     */
    public double power(long after) {
        double[] sum = new double[2];
        requireSteps("after", after);
        if (steps / every * every <= after) {
            throw new IllegalArgumentException("after is %d and the last record is at step %d; use a smaller one."
                    .formatted(after, steps / every * every));
        }
        play(steps, step -> step > after && recorded(step), (step, z) -> {
            sum[0] += Field.wrap(shape, z).power();
            sum[1]++;
        });
        return sum[0] / sum[1];
    }

    /**
     * The part of the state that oscillates as exp(-i omega n): the mean of Z_n exp(i omega n) over the steps that follow
     * this run, its input going on. A constant background averages out.
     *
     * @param omega radians a step, not 0
     * @param periods how many periods of it, at least 1; together a whole number of steps
     * @return the complex amplitude at each site
     * @throws IllegalArgumentException if the periods are no whole number of steps
     * @throws IllegalStateException if a number is no longer finite, with the step
     * @throws org.hopwise.StoppedException if the calling thread is interrupted
     */
    public Field demodulate(double omega, int periods) {
        Oscillation oscillation = Oscillation.of(omega);
        long length = oscillation.steps(Check.positive("periods", periods));
        double[] mean = new double[2 * shape.sites()];
        play(steps + length, step -> step > steps, (step, z) -> {
            double c = Math.cos(oscillation.phase(step)) / length;
            double s = Math.sin(oscillation.phase(step)) / length;
            for (int i = 0; i < mean.length; i += 2) {
                mean[i] += c * z[i] - s * z[i + 1];
                mean[i + 1] += c * z[i + 1] + s * z[i];
            }
        });
        return Field.wrap(shape, mean);
    }

    private static int counted(long step) {
        if (step > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("step %d is recorded; tables count to %d. Cut the run into pieces."
                    .formatted(step, Integer.MAX_VALUE));
        }
        return (int) step;
    }

    private boolean recorded(long step) {
        return step % every == 0;
    }

    private long records() {
        return steps / every + 1;
    }

    private interface Listener {
        void at(long step, double[] z);
    }

    private double[] play(long steps, LongPredicate shown, Listener listener) {
        Convolution convolution = new Convolution(shape, factors);
        Layout layout = convolution.layout();
        Drive.Source source = input.on(layout);
        double[] z = layout.arranged(start.interleaved());
        AtomicBoolean broken = new AtomicBoolean();
        if (shown.test(0)) {
            listener.at(0, layout.interleaved(z));
        }
        boolean begun = false;
        for (long n = 1; n <= steps; n++) {
            if (!begun) {
                convolution.begin(z);
            }
            boolean seen = shown.test(n);
            begun = !seen && n < steps;
            long step = n - 1;
            Convolution.AfterRows rest = (from, to) -> {
                source.add(z, from, to, step);
                if (!CriticalLattice.phi(z, from, to, layout.lines())) {
                    broken.set(true);
                }
            };
            convolution.step(z, rest, begun);
            if (broken.get()) {
                throw new IllegalStateException(
                        "the state is no longer finite at step %d; use a smaller input.".formatted(n));
            }
            Interruption.check();
            if (seen) {
                listener.at(n, layout.interleaved(z));
            }
        }
        return layout.interleaved(z);
    }

    /** Lattice and length. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d steps of a %s", steps, name);
    }
}
