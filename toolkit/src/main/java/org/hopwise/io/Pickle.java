package org.hopwise.io;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;

/**
 * Reads the index of a PyTorch checkpoint: a pickle (protocols 2 to 5) of which only containers, words, numbers and
 * tensors are built. No class is looked up and nothing is called: a global is its name. Names that PyTorch uses to build
 * tensors are understood; names that run code are refused; every other object is {@link PickleValues.Opaque} and swallows
 * whatever is done to it. Opcodes: Python's {@code pickletools}.
 */
final class Pickle {

    private static final long ALL_PUSHES = 4;
    private static final int LONGEST_INTEGER = 16;

    private final ByteBuffer bytes;
    private final Limits limits;
    private final List<Object> stack = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Long, Object> memo = new HashMap<>();
    private long pushes;
    /** Where the opcode stands that is being carried out. */
    private int opcodeAt;

    private Pickle(byte[] index, Limits limits) {
        this.bytes = ByteBuffer.wrap(index).order(ByteOrder.LITTLE_ENDIAN);
        this.limits = limits;
    }

    /** The one value of an index. */
    static Object read(byte[] index, Limits limits) {
        return new Pickle(index, limits).run();
    }

    private Object run() {
        while (true) {
            opcodeAt = bytes.position();
            int opcode = u8();
            if (opcode == '.') {
                Object result = pop();
                if (!stack.isEmpty() || bytes.hasRemaining()) {
                    throw corrupt("ends before its last value or byte");
                }
                return result;
            }
            step(opcode);
        }
    }

    private void step(int opcode) {
        switch (opcode) {
            case 0x80 -> u8();
            case 0x95 -> frame();
            case '(' -> marks.add(stack.size());
            case '}' -> push(new LinkedHashMap<Object, Object>());
            case ']', ')', 0x8f -> push(new ArrayList<>());
            case 't', 0x91 -> push(toMark());
            case 0x85 -> push(last(1));
            case 0x86 -> push(last(2));
            case 0x87 -> push(last(3));
            case 'N' -> push(PickleValues.NONE);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'J' -> push((long) require(4).getInt());
            case 'K' -> push((long) u8());
            case 'M' -> push((long) (require(2).getShort() & 0xffff));
            case 0x8a -> push(integer(u8()));
            case 'G' -> push(require(8).order(ByteOrder.BIG_ENDIAN).getDouble());
            case 'X' -> push(text(u32(), "utf"));
            case 0x8c -> push(text(u8(), "utf"));
            case 0x8d -> push(text(require(8).getLong(), "utf"));
            case 'U' -> push(text(u8(), "latin"));
            case 'C' -> push(data(u8()));
            case 'B' -> push(data(u32()));
            case 'h' -> push(remembered(u8()));
            case 'j' -> push(remembered(u32()));
            case 'q' -> memo.put((long) u8(), top());
            case 'r' -> memo.put(u32(), top());
            case 0x94 -> memo.put((long) memo.size(), top());
            case 'c' -> push(global(line(), line()));
            case 0x93 -> stackGlobal();
            case 'R', 0x81 -> reduce(false);
            case 0x92 -> reduce(true);
            case 'b' -> build();
            case 'a' -> add(last(1));
            case 'e', 0x90 -> add(toMark());
            case 's' -> put(last(2));
            case 'u' -> put(toMark());
            case 'Q' -> push(PickleValues.storage(pop(), this::corrupt));
            default ->
                throw FileRefusedException.of(
                        Kind.UNSUPPORTED,
                        "byte %d of the index".formatted(opcodeAt),
                        "is opcode 0x%02x, which no state dict needs; save it with torch.save(model.state_dict(), f)."
                                .formatted(opcode));
        }
        bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    private FileRefusedException corrupt(String problem) {
        return Refusals.corrupt("byte %d of the index".formatted(opcodeAt), problem);
    }

    private ByteBuffer require(long count) {
        if (count < 0 || count > bytes.remaining()) {
            throw Refusals.truncated("byte %d of the index".formatted(opcodeAt), count, bytes.remaining());
        }
        return bytes;
    }

    private int u8() {
        return require(1).get() & 0xff;
    }

    private long u32() {
        return require(4).getInt() & 0xffffffffL;
    }

    private void frame() {
        require(require(8).getLong());
    }

    private void push(Object value) {
        if (++pushes > ALL_PUSHES * limits.visited()) {
            throw Refusals.tooLarge("the index", "has more than %d values".formatted(ALL_PUSHES * limits.visited()));
        }
        stack.add(value);
    }

    private Object pop() {
        if (stack.size() <= (marks.isEmpty() ? 0 : marks.get(marks.size() - 1))) {
            throw corrupt("takes a value from an empty stack");
        }
        return stack.remove(stack.size() - 1);
    }

    private Object top() {
        Object value = pop();
        stack.add(value);
        return value;
    }

    private List<Object> last(int count) {
        int floor = marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
        if (stack.size() - floor < count) {
            throw corrupt("takes a value from an empty stack");
        }
        return take(stack.size() - count);
    }

    private List<Object> toMark() {
        if (marks.isEmpty()) {
            throw corrupt("takes values up to a mark that is not there");
        }
        return take(marks.remove(marks.size() - 1));
    }

    private List<Object> take(int from) {
        List<Object> tail = stack.subList(from, stack.size());
        List<Object> result = new ArrayList<>(tail);
        tail.clear();
        return result;
    }

    private Object integer(int length) {
        require(length);
        byte[] little = new byte[length];
        bytes.get(little);
        if (length > LONGEST_INTEGER) {
            return new PickleValues.Opaque("an integer of %d bytes".formatted(length));
        }
        byte[] big = new byte[length + 1];
        for (int i = 0; i < length; i++) {
            big[length - i] = little[i];
        }
        big[0] = (byte) (length > 0 && little[length - 1] < 0 ? -1 : 0);
        BigInteger value = new BigInteger(big);
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    private String text(long length, String coding) {
        require(length);
        if (length > Limits.TEXT) {
            throw Refusals.tooLarge(
                    "byte %d of the index".formatted(opcodeAt), "is a text of %d bytes".formatted(length));
        }
        ByteBuffer piece = bytes.slice(bytes.position(), (int) length);
        bytes.position(bytes.position() + (int) length);
        try {
            return (coding.equals("utf") ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1)
                    .newDecoder()
                    .decode(piece)
                    .toString();
        } catch (CharacterCodingException broken) {
            throw corrupt("is text that is not UTF-8");
        }
    }

    private Object data(long length) {
        require(length);
        bytes.position(bytes.position() + (int) length);
        return new PickleValues.Opaque("%d bytes".formatted(length));
    }

    private String line() {
        int start = bytes.position();
        while (u8() != '\n') {
            if (bytes.position() - start > 1000) {
                throw corrupt("has a name longer than 1000 letters");
            }
        }
        byte[] name = new byte[bytes.position() - 1 - start];
        bytes.get(start, name);
        return new String(name, StandardCharsets.UTF_8);
    }

    private Object remembered(long key) {
        Object value = memo.get(key);
        if (value == null) {
            throw corrupt("recalls value %d, which was never kept".formatted(key));
        }
        return value;
    }

    private Object global(String module, String name) {
        PickleValues.requireHarmless(module, name, opcodeAt);
        return new PickleValues.Global(module + "." + name);
    }

    private void stackGlobal() {
        List<Object> names = last(2);
        if (!(names.get(0) instanceof String module && names.get(1) instanceof String name)) {
            throw corrupt("names a global by something that is no text");
        }
        push(global(module, name));
    }

    private void reduce(boolean keywords) {
        List<Object> parts = last(keywords ? 3 : 2);
        push(PickleValues.reduce(parts.get(0), parts.get(1), this::corrupt));
    }

    /** State set on an object: kept nowhere, since only an opaque or an ordered dictionary has any. */
    private void build() {
        pop();
        top();
    }

    @SuppressWarnings("unchecked")
    private void add(List<Object> values) {
        Object target = top();
        if (target instanceof List<?> list) {
            ((List<Object>) list).addAll(values);
        } else if (!(target instanceof PickleValues.Opaque || target instanceof PickleValues.Global)) {
            throw corrupt("appends to what is no list");
        }
    }

    @SuppressWarnings("unchecked")
    private void put(List<Object> pairs) {
        Object target = top();
        if (pairs.size() % 2 != 0) {
            throw corrupt("sets a key without a value");
        }
        if (target instanceof Map<?, ?> map) {
            for (int i = 0; i < pairs.size(); i += 2) {
                ((Map<Object, Object>) map).put(PickleValues.key(pairs.get(i)), pairs.get(i + 1));
            }
        } else if (!(target instanceof PickleValues.Opaque || target instanceof PickleValues.Global)) {
            throw corrupt("sets an item of what is no dictionary");
        }
    }
}
