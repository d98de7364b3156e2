package org.hopwise.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.hopwise.graph.RemoteWiring;
import org.hopwise.internal.array.TallMatrix;
import scala.Tuple2;

/**
 * A block that no machine has room for: its rows stay with the executors, in as many groups of pieces as there are
 * executors. For a hop every group is sent all rows, band by band of the wiring's columns and in their order, and holds one
 * band at a time; so (groups + 1) x block goes over the network and through the executors' disks, and every sum is the
 * chain of additions that one machine would do. Blocks lie on disk, where they drive no piece out of memory.
 */
final class BandedBlock implements RemoteWiring.Block {

    private final SparkWiring wiring;
    private final JavaRDD<Piece> groups;
    private final int columns;
    private final JavaRDD<Piece.Part> parts;

    private BandedBlock(SparkWiring wiring, JavaRDD<Piece> groups, int columns, JavaRDD<Piece.Part> parts) {
        this.wiring = wiring;
        this.groups = groups;
        this.columns = columns;
        this.parts = parts;
    }

    static BandedBlock of(SparkWiring wiring, int groups, int[][] sources) {
        JavaRDD<Piece> grouped = wiring.pieces().coalesce(groups);
        Broadcast<int[][]> sent = wiring.context().broadcast(sources);
        try {
            return kept(wiring, grouped, sources.length, grouped.map(new Begin(sent)));
        } finally {
            Tidying.undisturbed(() -> sent.unpersist(false));
        }
    }

    private static BandedBlock kept(SparkWiring wiring, JavaRDD<Piece> groups, int columns, JavaRDD<Piece.Part> parts) {
        BandedBlock block = new BandedBlock(wiring, groups, columns, parts.persist(StorageLevel.DISK_ONLY()));
        try {
            wiring.run(parts::count);
            return block;
        } catch (RuntimeException failed) {
            block.close();
            throw failed;
        }
    }

    @Override
    public BandedBlock next() {
        int count = groups.getNumPartitions();
        var bands = parts.flatMapToPair(new Copies(wiring.bandWidth(), columns, count))
                .repartitionAndSortWithinPartitions(new ToGroup(count));
        var sums = groups.zipPartitions(
                bands.map(entry -> entry), new Multiply(wiring.units(), wiring.bandWidth(), columns));
        return kept(wiring, groups, columns, sums);
    }

    @Override
    public double[][] rows(int[] units) {
        Map<Integer, double[]> found = new HashMap<>();
        int[] wanted = Arrays.stream(units).sorted().distinct().toArray();
        wiring.run(() -> parts.flatMap(new Rows(wanted, columns)).collect())
                .forEach(row -> found.put(row.unit(), row.values()));
        return Arrays.stream(units).mapToObj(found::get).toArray(double[][]::new);
    }

    @Override
    public void close() {
        if (!wiring.context().sc().isStopped()) {
            Tidying.undisturbed(() -> parts.unpersist(false));
        }
    }

    /** Which rows of the block these are, and for whom. */
    record Place(int group, int band, int first) implements Comparable<Place>, Serializable {
        @Override
        public int compareTo(Place other) {
            int byGroup = Integer.compare(group, other.group);
            int byBand = byGroup == 0 ? Integer.compare(band, other.band) : byGroup;
            return byBand == 0 ? Integer.compare(first, other.first) : byBand;
        }
    }

    private static final class ToGroup extends Partitioner {

        private final int groups;

        ToGroup(int groups) {
            this.groups = groups;
        }

        @Override
        public int numPartitions() {
            return groups;
        }

        @Override
        public int getPartition(Object place) {
            return ((Place) place).group();
        }
    }

    /** The rows of a piece before the first edge. */
    private record Begin(Broadcast<int[][]> sources)
            implements org.apache.spark.api.java.function.Function<Piece, Piece.Part> {
        @Override
        public Piece.Part call(Piece piece) {
            int[][] groups = sources.value();
            int rows = piece.rows().size();
            double[] values = new double[Math.multiplyExact(rows, groups.length)];
            for (int group = 0; group < groups.length; group++) {
                for (int member : groups[group]) {
                    int row = member - piece.first();
                    if (row >= 0 && row < rows) {
                        values[row * groups.length + group] += 1.0 / groups[group].length;
                    }
                }
            }
            return new Piece.Part(piece.first(), Blocks.encode(values));
        }
    }

    /** Cuts rows where bands begin, and addresses them to every group. */
    private record Copies(int bandWidth, int columns, int groups)
            implements PairFlatMapFunction<Piece.Part, Place, byte[]> {
        @Override
        public Iterator<Tuple2<Place, byte[]>> call(Piece.Part part) {
            List<Tuple2<Place, byte[]>> copies = new ArrayList<>();
            int end = part.first() + part.rows(columns);
            for (int first = part.first(); first < end; ) {
                int band = first / bandWidth;
                int last = (int) Math.min(end, (band + 1L) * bandWidth);
                byte[] rows = part.slice(first, last, columns);
                for (int group = 0; group < groups; group++) {
                    copies.add(new Tuple2<>(new Place(group, band, first), rows));
                }
                first = last;
            }
            return copies.iterator();
        }
    }

    /** Multiplies the pieces of a group with one band after the other. */
    private record Multiply(int units, int bandWidth, int columns)
            implements FlatMapFunction2<Iterator<Piece>, Iterator<Tuple2<Place, byte[]>>, Piece.Part> {
        @Override
        public Iterator<Piece.Part> call(Iterator<Piece> group, Iterator<Tuple2<Place, byte[]>> block) {
            List<Piece> pieces = new ArrayList<>();
            List<TallMatrix> sums = new ArrayList<>();
            group.forEachRemaining(piece -> {
                pieces.add(piece);
                sums.add(new TallMatrix(piece.rows().size(), columns));
            });
            int band = 0;
            TallMatrix reached = ofBand(0);
            while (block.hasNext()) {
                Tuple2<Place, byte[]> next = block.next();
                Place place = next._1();
                if (place.band() != band) {
                    multiply(band, reached, pieces, sums);
                    band = place.band();
                    reached = ofBand(band);
                }
                Blocks.decode(next._2(), reached, place.first() - band * bandWidth);
            }
            multiply(band, reached, pieces, sums);
            List<Piece.Part> parts = new ArrayList<>();
            for (int i = 0; i < sums.size(); i++) {
                parts.add(new Piece.Part(
                        pieces.get(i).first(), Blocks.encode(sums.get(i).rowByRow())));
            }
            return parts.iterator();
        }

        private TallMatrix ofBand(int band) {
            return new TallMatrix((int) Math.min(bandWidth, units - (long) band * bandWidth), columns);
        }

        private static void multiply(int band, TallMatrix reached, List<Piece> pieces, List<TallMatrix> sums) {
            for (int i = 0; i < sums.size(); i++) {
                pieces.get(i).rows().multiply(band, reached, sums.get(i));
            }
        }
    }

    /** What has reached one unit. */
    static final class Row implements Serializable {

        private final int unit;
        private final double[] values;

        private Row(int unit, double[] values) {
            this.unit = unit;
            this.values = values;
        }

        int unit() {
            return unit;
        }

        double[] values() {
            return values;
        }
    }

    /** The rows of some units, which are sorted. */
    private static final class Rows implements FlatMapFunction<Piece.Part, Row> {

        private final int[] units;
        private final int columns;

        Rows(int[] units, int columns) {
            this.units = units;
            this.columns = columns;
        }

        @Override
        public Iterator<Row> call(Piece.Part part) {
            List<Row> rows = new ArrayList<>();
            int at = Arrays.binarySearch(units, part.first());
            int end = part.first() + part.rows(columns);
            for (int i = at < 0 ? -at - 1 : at; i < units.length && units[i] < end; i++) {
                double[] values = new double[columns];
                Blocks.decode(part.slice(units[i], units[i] + 1, columns), values, 0);
                rows.add(new Row(units[i], values));
            }
            return rows.iterator();
        }
    }
}
