package org.hopwise.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;

/** What a checkpoint's index is made of. Dictionaries are maps, lists, tuples and sets are lists, None is a value. */
final class PickleValues {

    /** Python's None. */
    static final Object NONE = new Object();

    /** A name of Python that the index refers to; nothing is ever looked up. */
    record Global(String path) {}

    /** An object that is not built. */
    record Opaque(String path) {}

    /** Numbers that stand in an entry of their own; the type is null where they are none that we read. */
    record Storage(NumberType type, String typeName, String key, long length) {}

    /** A view of a storage. */
    record Tensor(Storage storage, long offset, List<Long> shape, List<Long> strides) {}

    /** A key that is a container, told apart by identity: to hash its contents could take for ever. */
    private static final class ObjectKey {}

    private static final Map<String, NumberType> STORAGES = Map.of(
            "torch.DoubleStorage", NumberType.FLOAT64,
            "torch.FloatStorage", NumberType.FLOAT32,
            "torch.HalfStorage", NumberType.FLOAT16,
            "torch.BFloat16Storage", NumberType.BFLOAT16,
            "torch.LongStorage", NumberType.INT64,
            "torch.IntStorage", NumberType.INT32,
            "torch.ShortStorage", NumberType.INT16,
            "torch.CharStorage", NumberType.INT8,
            "torch.ByteStorage", NumberType.UINT8,
            "torch.BoolStorage", NumberType.BOOL);

    /** Real storages of PyTorch that hold no plain numbers: complex and quantised ones. */
    private static final Set<String> NO_NUMBERS = Set.of(
            "torch.ComplexFloatStorage",
            "torch.ComplexDoubleStorage",
            "torch.QInt8Storage",
            "torch.QUInt8Storage",
            "torch.QInt32Storage",
            "torch.QUInt4x2Storage",
            "torch.QUInt2x4Storage");

    /** Modules whose functions run code, open files or reach the network. */
    private static final Set<String> DANGEROUS = Set.of(
            "os",
            "posix",
            "nt",
            "sys",
            "subprocess",
            "builtins",
            "__builtin__",
            "importlib",
            "runpy",
            "pickle",
            "_pickle",
            "shutil",
            "socket",
            "ctypes",
            "code",
            "operator",
            "functools",
            "webbrowser",
            "pty",
            "multiprocessing",
            "torch.hub",
            "torch.jit");

    private static final Set<String> HARMLESS_BUILTINS =
            Set.of("set", "frozenset", "bytearray", "complex", "slice", "range", "object");

    private PickleValues() {}

    static void requireHarmless(String module, String name, int at) {
        if (Set.of("builtins", "__builtin__").contains(module) && HARMLESS_BUILTINS.contains(name)) {
            return;
        }
        String path = module + "." + name;
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            if (DANGEROUS.contains(path.substring(0, dot))) {
                throw FileRefusedException.of(
                        Kind.HOSTILE,
                        "byte %d of the index".formatted(at),
                        "names %s, which runs code; nothing of it was used, do not open it elsewhere."
                                .formatted(FileRefusedException.quote(path)));
            }
        }
    }

    static Object key(Object key) {
        return key instanceof String || key instanceof Long || key instanceof Boolean || key instanceof Double
                ? key
                : new ObjectKey();
    }

    static String keyName(Object key, int place) {
        return key instanceof ObjectKey ? "key " + place : key.toString();
    }

    /** What calling a name with arguments stands for. */
    static Object reduce(Object callable, Object arguments, Function<String, FileRefusedException> corrupt) {
        if (callable instanceof Opaque) {
            return callable;
        }
        if (!(callable instanceof Global global && arguments instanceof List<?> values)) {
            throw corrupt.apply("calls what is no name, or without arguments");
        }
        return switch (global.path) {
            case "collections.OrderedDict" -> dictionary(values, corrupt);
            case "torch.Size" -> values.isEmpty() ? new ArrayList<>() : values.get(0);
            case "torch._utils._rebuild_tensor_v2" -> tensor(values, corrupt);
            case "torch._utils._rebuild_parameter",
                    "torch._utils._rebuild_parameter_with_state",
                    "torch.nn.parameter.Parameter" ->
                !values.isEmpty() && (values.get(0) instanceof Tensor || values.get(0) instanceof Opaque)
                        ? values.get(0)
                        : new Opaque(global.path);
            default -> new Opaque(global.path);
        };
    }

    /** An ordered dictionary is made empty, or from a list of pairs. */
    private static Object dictionary(List<?> arguments, Function<String, FileRefusedException> corrupt) {
        Map<Object, Object> result = new LinkedHashMap<>();
        if (!arguments.isEmpty()) {
            if (!(arguments.get(0) instanceof List<?> pairs)) {
                throw corrupt.apply("makes a dictionary of what is no list of pairs");
            }
            for (Object pair : pairs) {
                if (!(pair instanceof List<?> both) || both.size() != 2) {
                    throw corrupt.apply("makes a dictionary of what is no list of pairs");
                }
                result.put(key(both.get(0)), both.get(1));
            }
        }
        return result;
    }

    private static Object tensor(List<?> arguments, Function<String, FileRefusedException> corrupt) {
        if (arguments.size() < 4
                || !(arguments.get(0) instanceof Storage storage)
                || !(arguments.get(1) instanceof Long offset)) {
            throw corrupt.apply("builds a tensor of no storage and offset");
        }
        if (NO_NUMBERS.contains(storage.typeName)) {
            return new Opaque(storage.typeName);
        }
        if (storage.type == null) {
            throw FileRefusedException.of(
                    Kind.UNSUPPORTED,
                    "storage " + FileRefusedException.quote(storage.key),
                    "has the type %s, which is not read; convert it with tensor.double()."
                            .formatted(FileRefusedException.quote(storage.typeName)));
        }
        return new Tensor(storage, offset, sizes(arguments.get(2), corrupt), sizes(arguments.get(3), corrupt));
    }

    private static List<Long> sizes(Object value, Function<String, FileRefusedException> corrupt) {
        if (!(value instanceof List<?> list) || list.size() > 64) {
            throw corrupt.apply("builds a tensor without shape and strides");
        }
        List<Long> result = new ArrayList<>();
        for (Object size : list) {
            if (!(size instanceof Long number)) {
                throw corrupt.apply("builds a tensor with a size that is no integer");
            }
            result.add(number);
        }
        return result;
    }

    /** The persistent id of PyTorch: ("storage", type, key, location, length). */
    static Object storage(Object id, Function<String, FileRefusedException> corrupt) {
        if (id instanceof List<?> parts
                && parts.size() >= 5
                && "storage".equals(parts.get(0))
                && parts.get(1) instanceof Global type
                && parts.get(2) instanceof String key
                && parts.get(4) instanceof Long length) {
            if (length < 0) {
                throw corrupt.apply("states a storage of %d numbers".formatted(length));
            }
            return new Storage(STORAGES.get(type.path), type.path, key, length);
        }
        throw corrupt.apply("refers to what is no storage");
    }
}
