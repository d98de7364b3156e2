package org.hopwise.spark.closure;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Packs one object. Each value is written twice: once to nowhere, to find the classes and lambdas in it, whose code may read
 * further variables; at last all values into one stream, so that what two of them share is sent once and stays shared.
 */
final class Packing {

    private static final String MAKE =
            "Make it inside the experiment, or keep what is needed of it as numbers, text or records.";
    private static final String ELSEWHERE = "Make it inside the experiment, or read it there from a file.";

    private final int mostBytes;
    private final CodeWalk walk = new CodeWalk(this::variable);
    private final Set<Field> begun = new HashSet<>();

    /** Values in the order in which they can be set, with the size of each. */
    private final Map<Field, Variable> variables = new LinkedHashMap<>();

    private record Variable(Object value, long bytes) {}

    Packing(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    byte[] pack(Serializable object) {
        long own = discover("the experiment", object);
        walk.finish();
        UUID job = UUID.randomUUID();
        Bounded bytes = new Bounded();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(job.getMostSignificantBits());
            out.writeLong(job.getLeastSignificantBits());
            Map<String, byte[]> classes = walk.classFiles();
            out.writeInt(classes.size());
            for (var entry : classes.entrySet()) {
                out.writeUTF(entry.getKey());
                out.writeInt(entry.getValue().length);
                out.write(entry.getValue());
            }
            out.writeInt(variables.size());
            for (Field field : variables.keySet()) {
                out.writeUTF(field.getDeclaringClass().getName());
                out.writeUTF(field.getName());
            }
            try (ObjectOutputStream objects = new Discovery().into(out)) {
                for (Variable variable : variables.values()) {
                    objects.writeObject(variable.value());
                }
                objects.writeObject(object);
            }
        } catch (TooLarge full) {
            throw tooLarge(own);
        } catch (IOException changed) {
            throw new UncheckedIOException("The experiment changed while it was packed.", changed);
        }
        return bytes.toByteArray();
    }

    private void variable(Field field) {
        if (!begun.add(field)) {
            return;
        }
        Object value;
        try {
            field.setAccessible(true);
            value = field.get(null);
        } catch (IllegalAccessException closed) {
            throw new IllegalStateException(
                    "the notebook variable '%s' cannot be read".formatted(field.getName()), closed);
        }
        long bytes = discover(
                "the notebook variable '%s' (%s)"
                        .formatted(field.getName(), value == null ? "null" : Words.of(value.getClass())),
                value);
        variables.put(field, new Variable(value, bytes));
    }

    /** Walks to all that a value needs, and returns the bytes that it takes; what is above the bound is not counted. */
    private long discover(String what, Object value) {
        Bounded bytes = new Bounded();
        Discovery seen = new Discovery();
        try (ObjectOutputStream out = seen.into(bytes)) {
            out.writeObject(value);
        } catch (TooLarge full) {
            throw new IllegalArgumentException("%s takes more than %s. %s".formatted(what, bound(), ELSEWHERE), full);
        } catch (NotSerializableException refused) {
            throw new IllegalArgumentException(refusal(what, value, seen), refused);
        } catch (IOException | RuntimeException | StackOverflowError refused) {
            throw new IllegalArgumentException(
                    "%s cannot travel to an executor, since writing it fails with %s. %s"
                            .formatted(what, refused, MAKE),
                    refused);
        }
        seen.classes.forEach(walk::type);
        seen.lambdas.forEach(lambda -> walk.lambda(lambda, seen.classes));
        return bytes.size();
    }

    private String bound() {
        return "%,d MB, the most that is sent to executors".formatted(mostBytes / 1_000_000);
    }

    private static String refusal(String what, Object value, Discovery seen) {
        Object culprit = seen.last;
        String name = Words.of(culprit.getClass());
        String since = culprit == value ? "it" : "the " + name + " in it";
        String remedy = MAKE;
        if (seen.isEnclosing(culprit)) {
            since = "its enclosing object (" + name + ")";
            remedy = "Copy what is used of it into local variables first, or let %s implement java.io.Serializable."
                    .formatted(name);
        } else if (culprit.getClass().isHidden()) {
            remedy = "Write it as a method of the notebook, or give it a Serializable type.";
        } else if (CodeWalk.isShipped(culprit.getClass())) {
            remedy = "Let %s implement java.io.Serializable.".formatted(name);
        }
        return "%s cannot travel to an executor, since %s is not Serializable. %s".formatted(what, since, remedy);
    }

    private IllegalArgumentException tooLarge(long own) {
        String largest = "what it captures (%s)".formatted(Words.megabytes(own));
        long most = own;
        for (var entry : variables.entrySet()) {
            Variable variable = entry.getValue();
            if (variable.bytes() > most) {
                most = variable.bytes();
                largest = "the notebook variable '%s' (%s, %s)"
                        .formatted(
                                entry.getKey().getName(),
                                Words.of(variable.value().getClass()),
                                Words.megabytes(most));
            }
        }
        return new IllegalArgumentException(
                "the experiment takes more than %s; the largest part is %s. %s".formatted(bound(), largest, ELSEWHERE));
    }

    /** Classes and lambdas on their way into a stream. */
    private static final class Discovery {

        private final Set<Class<?>> classes = new LinkedHashSet<>();
        private final List<SerializedLambda> lambdas = new ArrayList<>();
        private final IdentityHashMap<Record, PackedRecord> records = new IdentityHashMap<>();

        /** The object that is being written; if it is refused, the one that cannot be. */
        private Object last;

        private boolean isOver;

        ObjectOutputStream into(OutputStream out) throws IOException {
            return new Noting(out);
        }

        private final class Noting extends ObjectOutputStream {

            Noting(OutputStream out) throws IOException {
                super(out);
                enableReplaceObject(true);
            }

            @Override
            protected Object replaceObject(Object object) {
                if (object instanceof NotSerializableException) {
                    // The stream itself writes it, at its end.
                    isOver = true;
                }
                last = isOver ? last : object;
                if (object instanceof SerializedLambda lambda) {
                    lambdas.add(lambda);
                }
                return object instanceof Record value && !(object instanceof Serializable)
                        ? records.computeIfAbsent(value, PackedRecord::of)
                        : object;
            }

            @Override
            protected void annotateClass(Class<?> type) {
                classes.add(type);
            }

            @Override
            protected void annotateProxyClass(Class<?> type) {
                classes.addAll(Arrays.asList(type.getInterfaces()));
            }
        }

        /** Whether a lambda or an inner class has it only because it was made inside it. */
        boolean isEnclosing(Object culprit) {
            return lambdas.stream()
                            .anyMatch(lambda -> lambda.getImplMethodKind() != MethodHandleInfo.REF_invokeStatic
                                    && lambda.getImplMethodName().startsWith("lambda$")
                                    && lambda.getCapturedArg(0) == culprit)
                    || classes.stream()
                            .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                            .anyMatch(field -> field.isSynthetic()
                                    && field.getName().startsWith("this$")
                                    && field.getType().isInstance(culprit));
        }
    }

    /** Bytes that are kept up to the bound. */
    private final class Bounded extends ByteArrayOutputStream {

        @Override
        public synchronized void write(int b) {
            require(1);
            super.write(b);
        }

        @Override
        public synchronized void write(byte[] b, int offset, int length) {
            require(length);
            super.write(b, offset, length);
        }

        private void require(int more) {
            if (count > mostBytes - more) {
                throw new TooLarge();
            }
        }
    }

    private static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLarge() {
            super(null, null, false, false);
        }
    }
}
