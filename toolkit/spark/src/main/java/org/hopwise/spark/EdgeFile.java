package org.hopwise.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.hopwise.internal.array.SparseMatrix;
import org.hopwise.internal.machine.Memory;
import scala.Tuple2;

/** A wiring out of a file of edges, which the executors read, sort by target and add up. */
final class EdgeFile {

    private static final Pattern TEXT = Pattern.compile("(?i).*\\.(csv|tsv)(\\.gz)?/?");
    private static final Pattern NUMBER = Pattern.compile("\\s*[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?\\s*");
    private static final List<DataType> NAMES = List.of(
            DataTypes.StringType, DataTypes.LongType, DataTypes.IntegerType, DataTypes.ShortType, DataTypes.ByteType);

    private EdgeFile() {}

    /** In so many pieces, or in as many as are best for 0. */
    static SparkWiring read(SparkSession session, String path, List<String> columns, int asked) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        SparkWiring.ready(context, Fingerprint.here(), 0);
        JavaRDD<Row> rows = chosen(table(session, path), path, columns).toJavaRDD();
        long count = requireSound(context, rows, path, columns);
        String[] names = names(context, rows);
        double bytes = SparseMatrix.bytes(names.length, count);
        ExecutorMemory memory = SparkWiring.ready(context, Fingerprint.here(), bytes);
        SparkWiring.requireRoom(bytes, memory);
        int number = asked > 0 ? Math.min(asked, names.length) : SparkWiring.pieces(bytes, names.length, memory);
        Broadcast<String[]> sent = context.broadcast(names);
        try {
            JavaRDD<Summed> summed = rows.mapPartitionsWithIndex(new ToEdges(sent), false)
                    .mapToPair(edge -> new Tuple2<>(edge, edge.weight()))
                    .repartitionAndSortWithinPartitions(new ToPiece(names.length, number), new ByTarget())
                    .map(edge -> edge)
                    .mapPartitionsWithIndex(new Sum(sent, number), true);
            long edges = 0;
            for (Tally tally : Jobs.stoppable(context, summed.map(Summed::tally)::collect)) {
                if (tally.fault() != null) {
                    throw new IllegalArgumentException(
                            tally.fault() + " of " + path + " adds up to infinity; scale the weights.");
                }
                edges += tally.edges();
            }
            long all = edges;
            JavaRDD<Piece> pieces = summed.map(some -> some.piece(names.length, all));
            return SparkWiring.filled(context, new UnitNames.Sorted(names), all, memory, pieces, Optional.of(sent));
        } catch (RuntimeException failed) {
            Tidying.undisturbed(sent::destroy);
            throw failed;
        }
    }

    private static Dataset<Row> table(SparkSession session, String path) {
        try {
            if (!TEXT.matcher(path).matches()) {
                return session.read().parquet(path);
            }
            String separator = path.toLowerCase(Locale.ROOT).contains(".tsv") ? "\t" : ",";
            return session.read()
                    .option("header", true)
                    .option("sep", separator)
                    .option("escape", "\"")
                    .csv(path);
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception unreadable) {
            // Spark's own exceptions are checked and declared nowhere.
            throw new IllegalArgumentException(
                    "%s cannot be read: %s"
                            .formatted(
                                    path,
                                    unreadable.getMessage().lines().findFirst().orElse("")),
                    unreadable);
        }
    }

    /** The three columns as texts and numbers; what a file types says so before anything is read. */
    private static Dataset<Row> chosen(Dataset<Row> table, String path, List<String> columns) {
        List<String> there = Arrays.asList(table.columns());
        for (String name : columns) {
            if (!there.contains(name)) {
                throw new IllegalArgumentException(
                        "no column '%s'; %s has %s.".formatted(name, path, String.join(", ", there)));
            }
        }
        for (int i = 0; i < columns.size(); i++) {
            DataType type = table.schema().apply(columns.get(i)).dataType();
            boolean isWeight = i == columns.size() - 1;
            boolean fits =
                    isWeight ? type instanceof NumericType || type == DataTypes.StringType : NAMES.contains(type);
            if (!fits) {
                throw new IllegalArgumentException("column '%s' of %s holds %s; %s."
                        .formatted(
                                columns.get(i),
                                path,
                                type.simpleString(),
                                isWeight ? "weights must be numbers" : "units must be texts or whole numbers"));
            }
        }
        List<Column> chosen = new ArrayList<>();
        for (String name : columns) {
            Column column = functions.col("`" + name.replace("`", "``") + "`");
            // A float has more digits as a double than as a text.
            boolean isNumber = table.schema().apply(name).dataType() != DataTypes.StringType;
            boolean isWeight = chosen.size() == columns.size() - 1;
            chosen.add((isNumber && isWeight ? column.cast(DataTypes.DoubleType) : column).cast(DataTypes.StringType));
        }
        return table.select(chosen.toArray(Column[]::new));
    }

    /** Looks at every row; returns how many there are. */
    private static long requireSound(JavaSparkContext context, JavaRDD<Row> rows, String path, List<String> columns) {
        List<Survey> surveys = Jobs.stoppable(context, rows.mapPartitionsWithIndex(new Look(columns), true)::collect);
        long before = 0;
        for (Survey survey : surveys) {
            if (survey.fault() != null) {
                throw new IllegalArgumentException(
                        "row %d (counted from 0) of %s: %s".formatted(before + survey.rows(), path, survey.fault()));
            }
            before += survey.rows();
        }
        if (before == 0) {
            throw new IllegalArgumentException("%s has a header and no row; give one row an edge.".formatted(path));
        }
        return before;
    }

    private static String[] names(JavaSparkContext context, JavaRDD<Row> rows) {
        JavaRDD<String> distinct = rows.flatMap(new Ends()).distinct();
        long count = Jobs.stoppable(context, distinct::count);
        String what = "The names of %,d units".formatted(count);
        Memory.requireArray(what, (double) count, "Number them from 1 and use SparkWiring.random, or fewer units");
        Memory.require(what, 150.0 * count, "Give the driver more memory");
        String[] names = Jobs.stoppable(context, distinct::collect).toArray(String[]::new);
        Arrays.sort(names);
        return names;
    }

    /** How many rows of a partition are sound, and what is wrong with the next one; null if nothing is. */
    record Survey(long rows, String fault) implements Serializable {}

    /** Says what is wrong with the first row of a partition that cannot be taken. */
    private static final class Look implements Function2<Integer, Iterator<Row>, Iterator<Survey>> {

        private final ArrayList<String> columns;

        Look(List<String> columns) {
            this.columns = new ArrayList<>(columns);
        }

        @Override
        public Iterator<Survey> call(Integer partition, Iterator<Row> rows) {
            long sound = 0;
            while (rows.hasNext()) {
                String fault = fault(rows.next());
                if (fault != null) {
                    return List.of(new Survey(sound, fault)).iterator();
                }
                sound++;
            }
            return List.of(new Survey(sound, null)).iterator();
        }

        private String fault(Row row) {
            for (int i = 0; i < columns.size(); i++) {
                if (row.isNullAt(i) || row.getString(i).isBlank()) {
                    return "'%s' is missing; an edge has a source, a target and a weight, so drop the row or fill it."
                            .formatted(columns.get(i));
                }
            }
            String weight = row.getString(columns.size() - 1);
            if (!NUMBER.matcher(weight).matches() || !Double.isFinite(Double.parseDouble(weight))) {
                return "'%s' is '%s'; every weight must be a finite number, with a point."
                        .formatted(columns.get(columns.size() - 1), weight);
            }
            return null;
        }
    }

    private static final class Ends implements FlatMapFunction<Row, String> {
        @Override
        public Iterator<String> call(Row row) {
            return List.of(row.getString(0), row.getString(1)).iterator();
        }
    }

    /** An edge by the places of its units; order is where it stood among all rows. */
    record Edge(int to, int from, long order, double weight) implements Serializable {}

    private static final class ToEdges implements Function2<Integer, Iterator<Row>, Iterator<Edge>> {

        /** More rows than a partition has. */
        private static final long ROWS = 1L << 40;

        private final Broadcast<String[]> names;

        ToEdges(Broadcast<String[]> names) {
            this.names = names;
        }

        @Override
        public Iterator<Edge> call(Integer partition, Iterator<Row> rows) {
            String[] sorted = names.value();
            return new Iterator<>() {
                private long order = partition * ROWS;

                @Override
                public boolean hasNext() {
                    return rows.hasNext();
                }

                @Override
                public Edge next() {
                    Row row = rows.next();
                    return new Edge(
                            Arrays.binarySearch(sorted, row.getString(1)),
                            Arrays.binarySearch(sorted, row.getString(0)),
                            order++,
                            Double.parseDouble(row.getString(2)));
                }
            };
        }
    }

    /** By target, source and row, as one machine sorts them. */
    private static final class ByTarget implements Comparator<Edge>, Serializable {
        @Override
        public int compare(Edge a, Edge b) {
            int byTarget = Integer.compare(a.to(), b.to());
            int bySource = byTarget == 0 ? Integer.compare(a.from(), b.from()) : byTarget;
            return bySource == 0 ? Long.compare(a.order(), b.order()) : bySource;
        }
    }

    private static final class ToPiece extends Partitioner {

        private final int units;
        private final int pieces;

        ToPiece(int units, int pieces) {
            this.units = units;
            this.pieces = pieces;
        }

        @Override
        public int numPartitions() {
            return pieces;
        }

        @Override
        public int getPartition(Object edge) {
            // The last piece whose first row, floor(units x piece / pieces), is not behind the target.
            return (int) (((((Edge) edge).to() + 1L) * pieces - 1) / units);
        }
    }

    /** How many edges a piece has; or the edge whose weights have no finite sum. */
    record Tally(long edges, String fault) implements Serializable {}

    /** The edges to some units, in order, each once and none of weight 0. */
    private static final class Summed implements Serializable {

        private final int first;
        private final int rows;
        private final int[] to;
        private final int[] from;
        private final double[] weights;
        private final String fault;

        Summed(int first, int rows, int[] to, int[] from, double[] weights, String fault) {
            this.first = first;
            this.rows = rows;
            this.to = to;
            this.from = from;
            this.weights = weights;
            this.fault = fault;
        }

        Tally tally() {
            return new Tally(weights.length, fault);
        }

        Piece piece(int units, long all) {
            return new Piece(first, SparseMatrix.rows(rows, units, all, weights.length, sink -> {
                for (int edge = 0; edge < weights.length; edge++) {
                    sink.entry(to[edge] - first, from[edge], weights[edge]);
                }
            }));
        }
    }

    private static final class Sum implements Function2<Integer, Iterator<Tuple2<Edge, Double>>, Iterator<Summed>> {

        private final Broadcast<String[]> names;
        private final int pieces;

        Sum(Broadcast<String[]> names, int pieces) {
            this.names = names;
            this.pieces = pieces;
        }

        @Override
        public Iterator<Summed> call(Integer piece, Iterator<Tuple2<Edge, Double>> sorted) {
            int[] to = new int[16];
            int[] from = new int[16];
            double[] weights = new double[16];
            int count = -1;
            while (sorted.hasNext()) {
                Edge edge = sorted.next()._1();
                if (count >= 0 && to[count] == edge.to() && from[count] == edge.from()) {
                    weights[count] += edge.weight();
                    continue;
                }
                // An edge that added up to 0 is none; its place is free.
                count = count >= 0 && weights[count] == 0 ? count : count + 1;
                if (count == to.length) {
                    to = Arrays.copyOf(to, 2 * count);
                    from = Arrays.copyOf(from, 2 * count);
                    weights = Arrays.copyOf(weights, 2 * count);
                }
                to[count] = edge.to();
                from[count] = edge.from();
                weights[count] = edge.weight();
            }
            int kept = count >= 0 && weights[count] == 0 ? count : count + 1;
            int units = names.value().length;
            int first = (int) ((long) units * piece / pieces);
            int end = (int) ((long) units * (piece + 1) / pieces);
            return List.of(new Summed(
                            first,
                            end - first,
                            Arrays.copyOf(to, kept),
                            Arrays.copyOf(from, kept),
                            Arrays.copyOf(weights, kept),
                            fault(to, from, weights, kept)))
                    .iterator();
        }

        private String fault(int[] to, int[] from, double[] weights, int kept) {
            for (int edge = 0; edge < kept; edge++) {
                if (!Double.isFinite(weights[edge])) {
                    return "the edge from '%s' to '%s'".formatted(names.value()[from[edge]], names.value()[to[edge]]);
                }
            }
            return null;
        }
    }
}
