package org.hopwise.spark.closure;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/** One job's classes, and the objects that are read with them. */
final class Unpacking extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private final Map<String, byte[]> shipped = new HashMap<>();

    private Unpacking(ClassLoader parent) {
        super(parent);
    }

    /** What {@link Packing} wrote after the job's number: classes, names of variables, their values, the object. */
    static Object read(DataInputStream in) throws IOException, ReflectiveOperationException {
        Unpacking loader = new Unpacking(parent());
        for (int classes = in.readInt(); classes > 0; classes--) {
            String name = in.readUTF();
            loader.shipped.put(name, in.readNBytes(in.readInt()));
        }
        String[][] variables = new String[in.readInt()][];
        for (int v = 0; v < variables.length; v++) {
            variables[v] = new String[] {in.readUTF(), in.readUTF()};
        }
        try (Values values = loader.new Values(in)) {
            for (String[] variable : variables) {
                Object value = values.readObject();
                Field field = loader.loadClass(variable[0]).getDeclaredField(variable[1]);
                field.setAccessible(true);
                field.set(null, value);
            }
            return values.readObject();
        }
    }

    /** Spark's executors keep jars that came with the application in the loader of their threads. */
    private static ClassLoader parent() {
        ClassLoader own = PackedClosure.class.getClassLoader();
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        for (ClassLoader loader = ofThread; loader != null; loader = loader.getParent()) {
            if (loader == own) {
                return ofThread;
            }
        }
        return own;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        byte[] code = shipped.get(name);
        if (code == null) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known != null ? known : defineClass(name, code, 0, code.length);
        }
    }

    private final class Values extends ObjectInputStream {

        Values(InputStream in) throws IOException {
            super(in);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass described) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(described.getName(), false, Unpacking.this);
            } catch (ClassNotFoundException missing) {
                // Primitive types have no name that can be looked up.
                return super.resolveClass(described);
            }
        }

        @Override
        protected Class<?> resolveProxyClass(String[] interfaces) throws ClassNotFoundException {
            Class<?>[] types = new Class<?>[interfaces.length];
            for (int i = 0; i < types.length; i++) {
                types[i] = Class.forName(interfaces[i], false, Unpacking.this);
            }
            return Proxy.newProxyInstance(Unpacking.this, types, (proxy, method, arguments) -> null)
                    .getClass();
        }
    }
}
