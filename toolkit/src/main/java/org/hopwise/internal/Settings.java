package org.hopwise.internal;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.hopwise.Provenance;
import org.hopwise.Seed;

/** Records of settings: a copy with one of them changed, and their names and values for texts and provenance. */
public final class Settings {

    private Settings() {}

    /**
     * The record with another value of one component.
     *
     * @param settings the record
     * @param name the component
     * @param value its new value, of the component's type
     */
    public static <R extends Record> R with(R settings, String name, Object value) {
        RecordComponent[] components = settings.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        boolean isFound = false;
        for (int i = 0; i < values.length; i++) {
            boolean isMeant = components[i].getName().equals(name);
            isFound |= isMeant;
            values[i] = isMeant ? value : value(settings, components[i]);
        }
        if (!isFound) {
            throw new IllegalStateException("%s has no setting '%s'.".formatted(settings, name));
        }
        try {
            @SuppressWarnings("unchecked")
            Constructor<R> constructor = (Constructor<R>) settings.getClass()
                    .getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("setting '%s' cannot be %s.".formatted(name, value), impossible);
        }
    }

    /** Names and values in the order of the record; a seed is its number. */
    public static Map<String, Object> of(Record settings) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            Object value = value(settings, component);
            all.put(component.getName(), value instanceof Seed seed ? seed.value() : value);
        }
        return all;
    }

    /** All settings on one line, such as {@code rate 0.003, updates 100}. */
    public static String text(Record settings) {
        return of(settings).entrySet().stream()
                .map(setting -> setting.getKey() + " " + setting.getValue())
                .collect(Collectors.joining(", "));
    }

    /** A provenance with all settings. */
    public static Provenance add(Record settings, Provenance to) {
        Provenance with = to;
        for (Map.Entry<String, Object> setting : of(settings).entrySet()) {
            with = with.with(setting.getKey(), setting.getValue());
        }
        return with;
    }

    /** The value of a component of any record, one that is not public too. */
    public static Object value(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException hidden) {
            throw new IllegalStateException("part %s of %s cannot be read.".formatted(component, record), hidden);
        }
    }
}
