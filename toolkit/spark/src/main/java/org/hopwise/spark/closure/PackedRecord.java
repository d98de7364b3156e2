package org.hopwise.spark.closure;

import java.io.InvalidObjectException;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;

/** Stands for a record that is not Serializable: its components are all that it is. */
record PackedRecord(Class<?> type, ArrayList<Object> components) implements Serializable {

    static PackedRecord of(Record value) {
        ArrayList<Object> components = new ArrayList<>();
        try {
            for (RecordComponent part : value.getClass().getRecordComponents()) {
                part.getAccessor().setAccessible(true);
                components.add(part.getAccessor().invoke(value));
            }
        } catch (ReflectiveOperationException failed) {
            throw new IllegalStateException("a component of it cannot be read", failed);
        }
        return new PackedRecord(value.getClass(), components);
    }

    private Object readResolve() throws InvalidObjectException {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(types);
            canonical.setAccessible(true);
            return canonical.newInstance(components.toArray());
        } catch (ReflectiveOperationException failed) {
            InvalidObjectException invalid = new InvalidObjectException("no " + Words.of(type) + " can be made");
            invalid.initCause(failed);
            throw invalid;
        }
    }
}
