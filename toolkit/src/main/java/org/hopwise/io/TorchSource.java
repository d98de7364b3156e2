package org.hopwise.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;
import org.hopwise.network.ArrayHeader;
import org.hopwise.network.FileContents;
import org.hopwise.network.NamedArray;

/**
 * A checkpoint of PyTorch 1.6 or newer: an archive of a pickled index and one entry a storage. Tensors are found by
 * walking through the index, each object once; names are keys joined by points.
 */
final class TorchSource implements ArraySource {

    private static final int MOST_VALUES = 1000;

    private final Zip zip;
    private final String stem;
    private final ByteOrder order;
    private final Map<String, PickleValues.Tensor> tensors = new LinkedHashMap<>();
    private final Map<String, String> opaque = new LinkedHashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();

    TorchSource(Zip zip, Limits limits) throws IOException {
        this.zip = zip;
        List<String> indexes = zip.entries().keySet().stream()
                .filter(name -> name.equals("data.pkl") || name.endsWith("/data.pkl"))
                .toList();
        if (indexes.size() != 1) {
            throw Refusals.corrupt("", "has %d indexes: %s".formatted(indexes.size(), Refusals.some(indexes)));
        }
        String index = indexes.get(0);
        stem = index.substring(0, index.length() - "data.pkl".length());
        requireStateDict();
        order = order();
        Object top = Pickle.read(zip.bytes(zip.entries().get(index), Limits.PICKLE), limits);
        if (top instanceof PickleValues.Opaque || top instanceof PickleValues.Global) {
            throw FileRefusedException.of(
                    Kind.UNSUPPORTED,
                    "",
                    "holds a whole model as a pickled object; save torch.save(model.state_dict(), f) instead.");
        }
        walk(top, limits);
        if (tensors.isEmpty()) {
            throw FileRefusedException.of(Kind.MISSING, "", "has no tensor; save torch.save(model.state_dict(), f).");
        }
        tensors.forEach((name, tensor) -> requireConsistent(name, tensor, limits.expansion()));
    }

    private void requireStateDict() {
        boolean script = zip.entries().keySet().stream()
                .anyMatch(name -> name.equals(stem + "constants.pkl") || name.startsWith(stem + "code/"));
        if (script) {
            throw FileRefusedException.of(
                    Kind.UNSUPPORTED,
                    "",
                    "is TorchScript, which is code; save torch.save(torch.jit.load(f).state_dict(), g) instead.");
        }
    }

    private ByteOrder order() throws IOException {
        Zip.Entry entry = zip.entries().get(stem + "byteorder");
        String word = entry == null ? "little" : new String(zip.bytes(entry, 16), StandardCharsets.US_ASCII);
        return switch (word) {
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            case "big" -> ByteOrder.BIG_ENDIAN;
            default ->
                throw Refusals.corrupt("entry 'byteorder'", "says %s".formatted(FileRefusedException.quote(word)));
        };
    }

    /** One value on the way: its name and how deep it lies. */
    private record Visit(String name, Object value, int depth, boolean inDictionary) {}

    private void walk(Object top, Limits limits) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Visit> open = new ArrayDeque<>();
        open.push(new Visit("", top, 0, true));
        long visited = 0;
        while (!open.isEmpty()) {
            Visit visit = open.pop();
            if (++visited > limits.visited()) {
                throw Refusals.tooLarge("the index", "has more than %d values".formatted(limits.visited()));
            }
            boolean container = visit.value instanceof Map || visit.value instanceof List;
            if (container && seen.add(visit.value)) {
                if (visit.depth >= limits.nesting()) {
                    throw Refusals.tooLarge("the index", "is nested more than %d deep".formatted(limits.nesting()));
                }
                children(visit).forEach(open::push);
            } else if (!container) {
                leaf(visit, limits);
            }
        }
    }

    /** What a container holds, last first, so that the first comes off the stack first. */
    private static List<Visit> children(Visit visit) {
        String prefix = visit.name.isEmpty() ? "" : visit.name + ".";
        List<Visit> result = new ArrayList<>();
        if (visit.value instanceof Map<?, ?> map) {
            // Keys that are containers have no name; their place tells them apart.
            map.forEach((key, value) -> result.add(
                    new Visit(prefix + PickleValues.keyName(key, result.size()), value, visit.depth + 1, true)));
        } else if (visit.value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                result.add(new Visit(prefix + i, list.get(i), visit.depth + 1, false));
            }
        }
        Collections.reverse(result);
        return result;
    }

    private void leaf(Visit visit, Limits limits) {
        if (visit.value instanceof PickleValues.Tensor tensor) {
            if (tensors.put(visit.name, tensor) != null) {
                throw Refusals.corrupt(Refusals.array(visit.name), "stands twice in the index");
            }
            if (tensors.size() > limits.entries()) {
                throw Refusals.tooLarge("the index", "has more than %d tensors".formatted(limits.entries()));
            }
        } else if (visit.value instanceof PickleValues.Opaque object) {
            opaque.put(visit.name, object.path());
        } else if (visit.value instanceof PickleValues.Global global) {
            opaque.put(visit.name, global.path());
        } else if (visit.value instanceof PickleValues.Storage storage) {
            opaque.put(visit.name, storage.typeName());
        } else if (visit.inDictionary && visit.value != PickleValues.NONE && values.size() < MOST_VALUES) {
            values.put(visit.name, String.valueOf(visit.value));
        }
    }

    private void requireConsistent(String name, PickleValues.Tensor tensor, int expansion) {
        String place = Refusals.array(name);
        PickleValues.Storage storage = tensor.storage();
        Zip.Entry entry = zip.entries().get(entry(storage));
        if (entry == null) {
            throw Refusals.corrupt(
                    place,
                    "has its numbers in %s, which is not there".formatted(FileRefusedException.quote(record(storage))));
        }
        List<Long> shape = tensor.shape();
        boolean negative = tensor.offset() < 0;
        for (int axis = 0; axis < shape.size(); axis++) {
            negative |= shape.get(axis) < 0
                    || (axis < tensor.strides().size() && tensor.strides().get(axis) < 0);
        }
        if (negative || shape.size() != tensor.strides().size()) {
            throw Refusals.corrupt(place, "has negative or unequal sizes and strides");
        }
        if (entry.size() / storage.type().bytes() < storage.length()) {
            throw FileRefusedException.of(
                    Kind.TRUNCATED,
                    place,
                    "wants %d numbers of %s, which has %d bytes; get the whole file."
                            .formatted(storage.length(), record(storage), entry.size()));
        }
        if (entry.size() != storage.length() * storage.type().bytes()) {
            throw Refusals.corrupt(place, "has more bytes in %s than the index states".formatted(record(storage)));
        }
        if (Refusals.product(name, shape) == 0) {
            return;
        }
        long numbers = Refusals.product(name, shape);
        if (numbers > Limits.UNSUSPICIOUS_ENTRY / Double.BYTES && numbers / expansion > storage.length()) {
            throw Refusals.tooLarge(
                    place,
                    "would spread %d numbers to %d, more than %d times"
                            .formatted(storage.length(), numbers, expansion));
        }
        long last = last(tensor);
        if (last < 0 || last >= storage.length()) {
            throw Refusals.corrupt(place, "reaches beyond the %d numbers of its storage".formatted(storage.length()));
        }
    }

    /** The furthest place that a view reaches, or -1 if that overflows. */
    private static long last(PickleValues.Tensor tensor) {
        try {
            long last = tensor.offset();
            for (int axis = 0; axis < tensor.shape().size(); axis++) {
                last = Math.addExact(
                        last,
                        Math.multiplyExact(
                                tensor.shape().get(axis) - 1, tensor.strides().get(axis)));
            }
            return last;
        } catch (ArithmeticException overflow) {
            return -1;
        }
    }

    private static String record(PickleValues.Storage storage) {
        return "data/" + storage.key();
    }

    private String entry(PickleValues.Storage storage) {
        return stem + record(storage);
    }

    @Override
    public FileContents contents() {
        List<ArrayHeader> headers = new ArrayList<>();
        tensors.forEach((name, tensor) -> headers.add(header(name, tensor)));
        return new FileContents("pytorch", headers, opaque, values);
    }

    private static ArrayHeader header(String name, PickleValues.Tensor tensor) {
        return new ArrayHeader(name, tensor.storage().type().toString(), tensor.shape());
    }

    @Override
    public NamedArray read(String name) throws IOException {
        PickleValues.Tensor tensor = tensors.get(name);
        ArrayHeader header = header(name, tensor);
        Zip.Entry entry = zip.entries().get(entry(tensor.storage()));
        NumberStream numbers = new NumberStream(tensor.storage().type(), order, false);
        try (InputStream in = zip.open(entry)) {
            if (isWhole(tensor)) {
                NamedArray array = numbers.read(in, header);
                in.read();
                return array;
            }
            byte[] storage = in.readNBytes(Math.toIntExact(entry.size()));
            in.read();
            return view(tensor, header, ByteBuffer.wrap(storage).order(order));
        } catch (FileRefusedException damaged) {
            throw FileRefusedException.of(
                    damaged.kind(),
                    Refusals.array(name),
                    "has its numbers in an entry that is not whole; " + damaged.getMessage());
        }
    }

    /** Whether a tensor is its whole storage, in order. */
    private static boolean isWhole(PickleValues.Tensor tensor) {
        long stride = 1;
        for (int axis = tensor.shape().size() - 1; axis >= 0; axis--) {
            if (tensor.shape().get(axis) != 1 && tensor.strides().get(axis) != stride) {
                return false;
            }
            stride *= tensor.shape().get(axis);
        }
        return tensor.offset() == 0 && stride == tensor.storage().length();
    }

    private static NamedArray view(PickleValues.Tensor tensor, ArrayHeader header, ByteBuffer storage) {
        NumberType type = tensor.storage().type();
        int rank = tensor.shape().size();
        double[] result = new double[Math.toIntExact(header.length())];
        long[] index = new long[rank];
        long from = tensor.offset();
        boolean rounded = false;
        for (int at = 0; at < result.length; at++) {
            int place = Math.toIntExact(from * type.bytes());
            result[at] = type.decode(storage, place);
            rounded |= type.rounds(storage, place);
            for (int axis = rank - 1; axis >= 0; axis--) {
                from += tensor.strides().get(axis);
                if (++index[axis] < tensor.shape().get(axis)) {
                    break;
                }
                from -= tensor.strides().get(axis) * tensor.shape().get(axis);
                index[axis] = 0;
            }
        }
        return new NamedArray(header, result, rounded);
    }

    @Override
    public void check(String name) throws IOException {
        zip.check(zip.entries().get(entry(tensors.get(name).storage())));
    }
}
