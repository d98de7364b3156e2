package org.hopwise.spark.closure;

/** Names of types as the notebook has them. */
final class Words {

    private Words() {}

    /** The simple name; that of the implemented type if it has none. */
    static String of(Class<?> type) {
        if (type.isHidden() || type.isAnonymousClass()) {
            return of(type.getInterfaces().length > 0 ? type.getInterfaces()[0] : type.getSuperclass());
        }
        return type.getSimpleName();
    }

    static String megabytes(long bytes) {
        return "%.1f MB".formatted(bytes / 1e6);
    }
}
